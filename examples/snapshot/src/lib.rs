//! A project with transcripts and captions in it. All that there is to see is in `tests/`.
