//! A file's path in, its place in the house out; then, from there, what is wrong with its imports.
//!
//! It knows the table of floors and how the binary and the library call their root. It reads no
//! source: [`mod@super::paths`] does.

use std::path::Path;

use super::{FLOORS, paths};

/// The one file below `src/` that is in no room.
const DOOR: &str = "lib";

/// Where a file stands.
pub(super) enum Place {
    /// In the door, or outside `src/`: every path is allowed.
    Outside,
    /// In a room that no floor holds.
    Unknown(String),
    /// In a room of the house.
    Inside(Room),
}

/// A room as one of its files sees it.
pub(super) struct Room {
    name: String,
    floor: usize,
    /// Modules between the crate root and the file's own code, its own included.
    depth: usize,
}

impl Place {
    /// Reads a path relative to the repository: `src/text/width.rs` is in `text`, 2 modules deep.
    pub(super) fn of(file: &Path) -> Self {
        let Ok(inside) = file.strip_prefix("src") else {
            return Self::Outside;
        };
        let inside = inside.with_extension("");
        let modules: Vec<_> = inside
            .iter()
            .map(|name| name.to_string_lossy())
            .filter(|name| name != "mod")
            .collect();
        let Some(name) = modules.first().filter(|name| *name != DOOR) else {
            return Self::Outside;
        };
        let (name, depth) = (name.to_string(), modules.len());
        match floor_of(&name) {
            Some(floor) => Self::Inside(Room { name, floor, depth }),
            None => Self::Unknown(name),
        }
    }
}

fn floor_of(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

impl Room {
    /// Why this room may not name `path`; nothing when it may.
    pub(super) fn fault(&self, path: &paths::Path) -> Option<String> {
        self.wrong_room(&path.segments)
            .or_else(|| self.escape(path))
    }

    fn wrong_room(&self, segments: &[String]) -> Option<String> {
        let root = if self.is_binary() { "zimu" } else { "crate" };
        let start = segments.iter().position(|name| name == root)?;
        let target = segments.get(start + 1)?;
        let found = segments[start..].join("::");
        let own = self.floor;
        match floor_of(target) {
            Some(floor) if floor < own || *target == self.name => None,
            Some(floor) => Some(format!(
                "expected a room on a floor below {own}, \
                 found `{found}` (floor {floor}) in a room of floor {own}"
            )),
            None => Some(format!(
                "expected a room's full path `{root}::room::…`, found `{found}`"
            )),
        }
    }

    /// Names behind as many `super`s as the room is deep, or more, stand outside it. The binary's
    /// own root is part of its room, so that nothing there can lead out.
    fn escape(&self, path: &paths::Path) -> Option<String> {
        let start = usize::from(path.segments.first().is_some_and(|name| name == "self"));
        let steps = &path.segments[start..];
        let supers = steps.iter().take_while(|name| *name == "super").count();
        let leaves = supers >= self.depth + path.depth && supers < steps.len();
        (leaves && !self.is_binary()).then(|| {
            let (room, found) = (&self.name, path.segments.join("::"));
            format!("expected a path that stays in the room `{room}`, found `{found}`")
        })
    }

    fn is_binary(&self) -> bool {
        self.name == "bin"
    }
}
