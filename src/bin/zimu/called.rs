//! What a setting is called where somebody gives it: an option of the command line, or a key of a
//! job. Messages name it, so that whoever reads one finds what to change.

/// What the settings are called that messages name.
#[derive(Debug)]
pub(crate) struct Called {
    pub(crate) language: &'static str,
    pub(crate) second_language: &'static str,
    /// The format of what is read.
    pub(crate) format: &'static str,
    pub(crate) layout: &'static str,
    pub(crate) top: &'static str,
}

/// On the command line.
pub(crate) const OPTIONS: Called = Called {
    language: "--lang",
    second_language: "--second-lang",
    format: "--from",
    layout: "--layout",
    top: "--top",
};

/// In a job of `zimu pipe`.
pub(crate) const KEYS: Called = Called {
    language: "`language`",
    second_language: "`second_language`",
    format: "`format`",
    layout: "`layout`",
    top: "`top`",
};
