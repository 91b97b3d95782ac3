//! Engines that run `zimu pipe` in many processes: what they gather is what zimu writes alone.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use assert_cmd::cargo::cargo_bin;
use serde_json::Value;
use tempfile::TempDir;

use super::ended;
use crate::road::root;

/// Captions by the names of their transcripts; nothing where there are none.
type Captions = BTreeMap<String, Option<String>>;

/// A folder with those transcripts of a suite that are in UTF-8.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("talks")).expect("a folder");
    for path in files(&root().join("fixtures/caption")) {
        if let Ok(text) = fs::read_to_string(&path) {
            let talk = folder.path().join("talks").join(name(&path));
            fs::write(talk, text).expect("a file");
        }
    }
    folder
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder");
    entries.map(|entry| entry.expect("a file").path()).collect()
}

fn name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// A command in a folder, which finds `zimu`.
fn command(program: &str, folder: &TempDir) -> Command {
    let zimu = cargo_bin!("zimu").parent().expect("a folder").to_owned();
    let paths = env::var_os("PATH").unwrap_or_default();
    let paths = [zimu].into_iter().chain(env::split_paths(&paths));
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("PATH", env::join_paths(paths).expect("a path"));
    command
}

/// What `zimu batch` writes for the same transcripts.
fn alone(folder: &TempDir, options: &[&str]) -> Captions {
    let mut zimu = command("zimu", folder);
    zimu.args(["batch", "--quiet", "talks", "-o", "alone"])
        .args(options);
    // Some of them are faulty.
    assert_ne!(zimu.output().expect("a run").status.code(), Some(2));
    let mut written = BTreeMap::new();
    for talk in files(&folder.path().join("talks")) {
        written.insert(name(&talk), None);
    }
    for path in files(&folder.path().join("alone")) {
        let name = name(&path);
        let language = name
            .strip_suffix(".srt")
            .and_then(|name| name.rsplit_once('.'));
        if let Some((stem, _)) = language {
            let srt = fs::read_to_string(&path).expect("captions");
            written.insert(format!("{stem}.txt"), Some(srt));
        }
    }
    assert!(written.values().flatten().count() > 20);
    written
}

/// What the answers in some files say.
fn gathered(files: &[PathBuf]) -> Captions {
    let lines = files
        .iter()
        .map(|path| fs::read_to_string(path).expect("answers"));
    let mut captions = BTreeMap::new();
    for line in lines.collect::<String>().lines() {
        let answer: Value = serde_json::from_str(line).expect("an answer");
        let id = answer["id"].as_str().expect("a path");
        let srt = answer["captions"]["srt"].as_str().map(str::to_owned);
        assert_eq!(srt.is_none(), answer["error"].is_object(), "{answer}");
        assert_eq!(captions.insert(name(Path::new(id)), srt), None, "{id}");
    }
    captions
}

/// Two workers, processes of their own, which are given the command as those of a cluster are.
#[test]
#[ignore = "needs java and pyspark"]
fn spark_gathers_what_zimu_writes() {
    let folder = desk();
    let written = alone(&folder, &["--profile", "bilibili"]);
    // In no encoding that jobs are in: a fault of one job, and of no other.
    fs::write(folder.path().join("talks/big5.txt"), b"\xa4\xe5").expect("a file");
    let mut spark = command("spark-submit", &folder);
    // The name of a machine may lead nowhere.
    spark.env("SPARK_LOCAL_IP", "127.0.0.1");
    spark.args([
        "--master",
        "local-cluster[2,1,1024]",
        "--conf",
        "spark.ui.enabled=false",
    ]);
    spark
        .arg("--files")
        .arg(cargo_bin!("zimu"))
        .arg(root().join("examples/spark/caption.py"));
    spark.args(["talks", "answers", "--partitions", "5"]);
    spark.args(["--command", "./zimu pipe --quiet --profile bilibili"]);
    ended(
        &mut spark,
        "pip install pyspark, and apt-get install default-jre-headless",
    );
    let parts = (0..5).map(|part| folder.path().join(format!("answers/part-{part:05}")));
    let mut gathered = gathered(&parts.collect::<Vec<_>>());
    assert_eq!(gathered.remove("big5.txt"), Some(None));
    assert_eq!(gathered, written);
}

/// The commands of the page, as they stand there.
#[test]
#[ignore = "needs parallel and jq"]
fn gnu_parallel_gathers_what_zimu_writes() {
    let folder = desk();
    let page = fs::read_to_string(root().join("docs/many-machines.md")).expect("a page");
    let mut blocks = page
        .split("```sh\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next());
    let block = blocks
        .find(|block| block.contains("\nparallel "))
        .expect("a block");
    let mut shell = command("sh", &folder);
    ended(shell.args(["-euc", block]), "apt-get install parallel jq");
    let gathered = gathered(&[folder.path().join("answers.ndjson")]);
    assert_eq!(gathered, alone(&folder, &[]));
    let faults = fs::read_to_string(folder.path().join("faults.txt")).expect("a list");
    let none = gathered.values().filter(|srt| srt.is_none());
    assert_eq!(faults.lines().count(), none.count(), "{faults}");
}
