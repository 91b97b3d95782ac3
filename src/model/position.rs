//! The nine places on a picture where captions stand.

/// Where on the picture a cue stands, numbered like a numeric keypad.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Position {
    BottomLeft = 1,
    BottomCentre = 2,
    BottomRight = 3,
    MiddleLeft = 4,
    MiddleCentre = 5,
    MiddleRight = 6,
    TopLeft = 7,
    TopCentre = 8,
    TopRight = 9,
}

impl Position {
    /// All nine, by their keypad number less one.
    pub const ALL: [Self; 9] = [
        Self::BottomLeft,
        Self::BottomCentre,
        Self::BottomRight,
        Self::MiddleLeft,
        Self::MiddleCentre,
        Self::MiddleRight,
        Self::TopLeft,
        Self::TopCentre,
        Self::TopRight,
    ];

    /// The position of a keypad number, 1 to 9: the argument of `{\an8}`.
    ///
    /// ```
    /// use zimu::model::Position;
    ///
    /// assert_eq!(Position::from_keypad(8), Some(Position::TopCentre));
    /// assert_eq!(Position::TopCentre.keypad(), 8);
    /// assert_eq!(Position::from_keypad(0), None);
    /// ```
    #[must_use]
    pub fn from_keypad(number: usize) -> Option<Self> {
        Self::ALL.get(number.checked_sub(1)?).copied()
    }

    /// Its keypad number, 1 to 9.
    #[must_use]
    pub const fn keypad(self) -> u8 {
        self as u8
    }
}
