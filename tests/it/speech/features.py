"""Features of a sound by python_speech_features 0.6 (MIT), for tests/it/speech.rs.

    python3 features.py > features.txt

The sound is made here as it is there: half a second of silence and a second of three tones that
rise. A row is a frame, every tenth of them.
"""

import numpy
from python_speech_features import delta, mfcc

HERTZ = 16000
WINDOW = 400
HOP = 160

at = numpy.arange(HERTZ) / HERTZ
tones = sum(0.2 * numpy.sin(2 * numpy.pi * (low * at + 150 * at * at)) for low in (150, 700, 2400))
sound = numpy.concatenate([numpy.zeros(HERTZ // 2), tones]).astype(numpy.float32)
# A hiss, the same everywhere: without it there is nothing at all in some filters.
state = 1
hiss = []
for _ in sound:
    state = (state * 1103515245 + 12345) % 2**31
    hiss.append(state / 2**30 - 1)
sound = sound + 0.01 * numpy.array(hiss, dtype=numpy.float32)
# Nothing is raised where it begins and ends.
sound[0] = sound[-1] = 0

# The window stands around the frame; what follows the sound is silence.
framed = numpy.concatenate([numpy.zeros((WINDOW - HOP) // 2), sound, numpy.zeros(WINDOW)])
terms = mfcc(
    framed, HERTZ, winlen=WINDOW / HERTZ, winstep=HOP / HERTZ, numcep=13, nfilt=26, nfft=512,
    lowfreq=60, highfreq=7600, preemph=0.97, ceplifter=0, appendEnergy=False, winfunc=numpy.hamming,
)[: len(sound) // HOP]
features = numpy.concatenate([terms, delta(terms, 2), delta(delta(terms, 2), 2)], axis=1)
features = (features - features.mean(axis=0)) / features.std(axis=0)
for frame in range(0, len(features), 10):
    print(" ".join([str(frame)] + ["%.4f" % value for value in features[frame]]))
