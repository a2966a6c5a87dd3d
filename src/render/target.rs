//! Where a link may go.

/// An address with one of the schemes of a page, a mailbox or a telephone.
#[derive(Debug, Clone, Copy)]
pub struct Target<'h>(&'h str);

impl<'h> Target<'h> {
    /// `None` for any other scheme: it is text, and nothing that can be followed.
    pub fn of(href: &'h str) -> Option<Self> {
        let known = ["https://", "http://", "mailto:", "tel:"];
        let is_known =
            known.iter().any(|scheme| href.get(..scheme.len()).is_some_and(|it| it.eq_ignore_ascii_case(scheme)));
        is_known.then_some(Self(href))
    }

    /// The address.
    pub fn address(self) -> &'h str {
        self.0
    }
}
