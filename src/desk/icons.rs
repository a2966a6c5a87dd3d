//! Small drawings beside words. None of them says anything by itself.
//!
//! Deliberately absent: pictures with a meaning of their own.

use maud::{Markup, PreEscaped, html};

/// A drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// Done.
    Tick,
    /// A time.
    Clock,
    /// A warning.
    Warn,
    /// A stop.
    Stop,
    /// A fact.
    Fact,
    /// For few.
    Lock,
    /// Anyone.
    World,
    /// Everyone invited.
    People,
    /// Professionals.
    Case,
    /// A message.
    At,
    /// The post.
    Letter,
    /// A draft.
    Pen,
    /// Back.
    Back,
    /// Find.
    Find,
    /// Onto this machine.
    Down,
    /// A printer.
    Printer,
    /// No more.
    Cross,
    /// Replaced.
    Swap,
}

/// Draws it. Screen readers pass over it.
pub fn icon(icon: Icon) -> Markup {
    let inside = match icon {
        Icon::Tick => r#"<path d="M5 12.5l4.5 4.5L19 7.5"/>"#,
        Icon::Clock => r#"<circle cx="12" cy="12" r="9"/><path d="M12 7v5.5l3.5 2"/>"#,
        Icon::Warn => r#"<path d="M12 3.5L22 20.5H2z"/><path d="M12 10v4.5M12 17.4v.1"/>"#,
        Icon::Stop => r#"<path d="M8 2.5h8L21.5 8v8L16 21.5H8L2.5 16V8z"/><path d="M12 7.5v5.5M12 16.4v.1"/>"#,
        Icon::Fact => r#"<circle cx="12" cy="12" r="9"/><path d="M12 11v6M12 7.4v.1"/>"#,
        Icon::Lock => r#"<path d="M5 11h14v10H5z"/><path d="M8 11V8a4 4 0 0 1 8 0v3"/>"#,
        Icon::World => r#"<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18"/>"#,
        Icon::People => {
            r#"<circle cx="8.5" cy="8.5" r="3.5"/><path d="M2 20c0-4 2.8-6.5 6.5-6.5S15 16 15 20M15.5 5.3a3.5 3.5 0 0 1 0 6.4M17.5 14c2.7.7 4.5 2.9 4.5 6"/>"#
        }
        Icon::Case => r#"<path d="M3 8h18v12H3z"/><path d="M8.5 8V4.5h7V8M3 13h18"/>"#,
        Icon::At => r#"<circle cx="12" cy="12" r="4"/><path d="M16 8v5.5a2.5 2.5 0 0 0 5 0V12a9 9 0 1 0-3.5 7.1"/>"#,
        Icon::Letter => r#"<path d="M3 6h18v12H3z"/><path d="M3 7l9 6.5L21 7"/>"#,
        Icon::Pen => r#"<path d="M4 20l1-4.5L16.5 4l3.5 3.5L8.5 19z"/>"#,
        Icon::Back => r#"<path d="M15 5l-7 7 7 7"/>"#,
        Icon::Find => r#"<circle cx="10.5" cy="10.5" r="6.5"/><path d="M15.5 15.5L21 21"/>"#,
        Icon::Down => r#"<path d="M12 3v13M6.5 11L12 16.5 17.5 11M4 21h16"/>"#,
        Icon::Printer => r#"<path d="M7 8V3h10v5M7 17H3V8h18v9h-4"/><path d="M7 14h10v7H7z"/>"#,
        Icon::Cross => r#"<path d="M18 6L6 18M6 6l12 12"/>"#,
        Icon::Swap => r#"<path d="M4 8h15l-4-4M20 16H5l4 4"/>"#,
    };
    html! {
        svg.i viewBox="0 0 24 24" aria-hidden="true" focusable="false" { (PreEscaped(inside)) }
    }
}
