//! `cargo xtask licences`: every package that comes in may be passed on under our own licences.
//!
//! Cargo's resolved graph comes in: all features, all platforms, build and dev-dependencies too.
//! Each package whose SPDX expression cannot be met by [`ALLOWED`] goes out, with the way it came
//! in, since the package to replace is mostly not the one that is refused.

use std::collections::{HashMap, HashSet};

use cargo_metadata::{CargoOpt, Metadata, MetadataCommand, PackageId};
use spdx::{Expression, Licensee, ParseMode};

use crate::{Outcome, outcome, root};

/// Licences that ask for no more than a notice, and MPL-2.0, which asks only for its own files.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "ISC",
    "MIT",
    "MPL-2.0",
    "Unicode-3.0",
    "Unicode-DFS-2016",
    "Unlicense",
    "Zlib",
];

pub(crate) fn run() -> Outcome {
    let metadata = MetadataCommand::new()
        .current_dir(root())
        .features(CargoOpt::AllFeatures)
        .exec()?;
    outcome(refused(&metadata))
}

fn refused(metadata: &Metadata) -> Vec<String> {
    let ways = ways_in(metadata);
    let mut lines: Vec<String> = ways
        .iter()
        .filter_map(|way| refused_package(metadata, way))
        .collect();
    lines.sort();
    lines
}

/// The line for the package at the end of `way`; nothing when its licence is allowed.
fn refused_package(metadata: &Metadata, way: &[&PackageId]) -> Option<String> {
    let package = &metadata[*way.last()?];
    let found = refusal(package.license.as_deref())?;
    let (name, version) = (&package.name, &package.version);
    let way: Vec<&str> = way.iter().map(|id| metadata[*id].name.as_str()).collect();
    let way = way.join(" → ");
    Some(format!(
        "{name} {version}: expected an allowed licence, found {found} (through {way})"
    ))
}

/// What stands where an allowed licence should; nothing when one does.
fn refusal(licence: Option<&str>) -> Option<String> {
    let Some(licence) = licence else {
        return Some("none".to_owned());
    };
    // Old packages write `MIT/Apache-2.0`, which the registry still takes.
    match Expression::parse_mode(licence, ParseMode::LAX) {
        Ok(expression) => {
            let allowed: Vec<Licensee> = ALLOWED
                .iter()
                .filter_map(|name| Licensee::parse(name).ok())
                .collect();
            let met = expression.evaluate(|wanted| allowed.iter().any(|one| one.satisfies(wanted)));
            (!met).then(|| format!("`{licence}`"))
        }
        Err(fault) => Some(format!("`{licence}` ({})", fault.reason)),
    }
}

/// For each resolved package, a shortest way to it from a member of the workspace, both included.
fn ways_in(metadata: &Metadata) -> Vec<Vec<&PackageId>> {
    let nodes = metadata.resolve.iter().flat_map(|graph| &graph.nodes);
    let needs: HashMap<&PackageId, &[PackageId]> = nodes
        .map(|node| (&node.id, node.dependencies.as_slice()))
        .collect();
    let mut seen: HashSet<&PackageId> = metadata.workspace_members.iter().collect();
    let mut ways: Vec<Vec<&PackageId>> = metadata
        .workspace_members
        .iter()
        .map(|member| vec![member])
        .collect();
    let mut next = 0;
    while let Some(way) = ways.get(next).cloned() {
        let needed = way
            .last()
            .and_then(|package| needs.get(*package))
            .copied()
            .unwrap_or_default();
        let further = needed.iter().filter(|package| seen.insert(*package));
        ways.extend(further.map(|package| [way.as_slice(), &[package]].concat()));
        next += 1;
    }
    ways
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_allowed_name_is_an_spdx_licence() {
        for name in ALLOWED {
            assert!(Licensee::parse(name).is_ok(), "{name}");
            assert_eq!(refusal(Some(name)), None);
        }
    }

    #[test]
    fn an_expression_passes_when_one_of_its_choices_is_allowed_whole() {
        for licence in [
            "MIT OR GPL-3.0-only",
            "MIT/Apache-2.0",
            "(MIT OR GPL-2.0-only) AND Unicode-3.0",
            "Apache-2.0 WITH LLVM-exception OR LGPL-2.1-or-later",
        ] {
            assert_eq!(refusal(Some(licence)), None, "{licence}");
        }
    }

    #[test]
    fn gpl_and_what_holds_it_is_refused() {
        for licence in [
            "GPL-3.0-only",
            "AGPL-3.0-or-later",
            "MIT AND GPL-2.0-or-later",
            "GPL-2.0 WITH Classpath-exception-2.0",
            "MIT AND (GPL-3.0 OR LGPL-3.0)",
        ] {
            assert_eq!(refusal(Some(licence)), Some(format!("`{licence}`")));
        }
    }

    #[test]
    fn no_licence_and_no_expression_are_refused() {
        assert_eq!(refusal(None).as_deref(), Some("none"));
        assert_eq!(
            refusal(Some("as you like")).as_deref(),
            Some("`as you like` (unknown term)")
        );
    }

    /// A workspace `house` that needs `door` (MIT), which needs `lock` (GPL).
    fn house() -> Metadata {
        let package = |name: &str, licence: &str| {
            format!(
                r#"{{"name":"{name}","version":"1.0.0","id":"{name}","license":"{licence}","dependencies":[],
                "targets":[],"features":{{}},"manifest_path":"/{name}/Cargo.toml"}}"#
            )
        };
        let node = |id: &str, needs: &str| {
            format!(r#"{{"id":"{id}","deps":[],"dependencies":[{needs}],"features":[]}}"#)
        };
        let packages = [
            package("house", "MIT"),
            package("door", "MIT"),
            package("lock", "GPL-3.0-only"),
        ];
        let nodes = [
            node("house", r#""door""#),
            node("door", r#""lock""#),
            node("lock", ""),
        ];
        let json = format!(
            r#"{{"packages":[{}],"workspace_members":["house"],"resolve":{{"nodes":[{}],"root":"house"}},
            "workspace_root":"/","target_directory":"/target","version":1}}"#,
            packages.join(","),
            nodes.join(",")
        );
        MetadataCommand::parse(json).expect("metadata")
    }

    #[test]
    fn a_refused_package_is_named_with_its_way_in() {
        assert_eq!(
            refused(&house()),
            [
                "lock 1.0.0: expected an allowed licence, found `GPL-3.0-only` (through house → door → lock)"
            ]
        );
    }
}
