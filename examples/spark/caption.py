"""Captions for a folder of transcripts, by `zimu pipe` under Spark.

    spark-submit --files zimu caption.py TALKS ANSWERS --command "./zimu pipe --profile bilibili"

TALKS is a folder, or a pattern of files, of any file system that Spark reads. ANSWERS becomes a
folder with one line of JSON for each of them: its id is the path, its captions are those that
`zimu caption` writes. docs/many-machines.md has the rest.
"""

import argparse
import json
import os

from pyspark.sql import SparkSession


def job(talk):
    """The line that asks for captions of a file."""
    path, content = talk
    # A byte that is no UTF-8 becomes one that is no Unicode: that job is a fault, and no other.
    text = bytes(content).decode("utf-8", "surrogateescape")
    return json.dumps({"id": path, "name": os.path.basename(path), "text": text})


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("talks", metavar="TALKS")
    parser.add_argument("answers", metavar="ANSWERS")
    parser.add_argument("--command", default="zimu pipe", help="as the workers find it")
    parser.add_argument("--partitions", type=int, help="of the jobs (default: 4 for each core)")
    asked = parser.parse_args()

    spark = SparkSession.builder.appName("zimu").getOrCreate()
    context = spark.sparkContext
    partitions = asked.partitions or 4 * context.defaultParallelism
    # Spark hands out files by their size. Dealt out anew, the long ones do not stay together.
    jobs = context.binaryFiles(asked.talks).repartition(partitions).map(job)
    # A pipe has no environment but this one. What ends in an error is tried again by Spark.
    environment = {"PATH": os.environ["PATH"]}
    jobs.pipe(asked.command, environment, checkCode=True).saveAsTextFile(asked.answers)
    spark.stop()


if __name__ == "__main__":
    main()
