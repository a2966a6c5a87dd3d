//! Letters keep the geometry that GOV.UK Notify and a window envelope ask for, as ink on the page.
//!
//! Millimetres from the left and the top. Source: `notifications-template-preview` app/precompiled.py (August 2026).

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};

use crate::run::Run;

/// Dots per millimetre. A hairline of 0.5 pt is 0.18 mm: it shows at four.
const SCALE: f32 = 4.0;

/// A page as ink.
pub struct Page {
    width: usize,
    /// Dots per millimetre.
    scale: f32,
    /// Whether each dot has ink.
    ink: Vec<bool>,
}

impl Page {
    /// Whether there is ink in the box from `left`, `top` to `right`, `bottom`.
    pub fn inked(&self, [left, top, right, bottom]: [f32; 4]) -> bool {
        let dot = |mm: f32| (mm * self.scale) as usize;
        let rows = dot(top)..dot(bottom).min(self.ink.len() / self.width);
        rows.into_iter().any(|y| self.ink[y * self.width..][dot(left)..dot(right).min(self.width)].contains(&true))
    }

    /// Where the last ink above a height ends, in millimetres from the top. 0 where there is none.
    pub fn last_ink(&self, above: f32) -> f32 {
        let rows = (0..(above * self.scale) as usize).rev();
        let last = rows.into_iter().find(|y| self.ink[y * self.width..][..self.width].contains(&true));
        last.map_or(0.0, |y| (y + 1) as f32 / self.scale)
    }

    /// How many upright lines there are between two heights: columns of dots with ink in each row.
    pub fn uprights(&self, top: f32, bottom: f32) -> usize {
        let rows = (top * self.scale) as usize..(bottom * self.scale) as usize;
        let full = |x: usize| rows.clone().all(|y| self.ink[y * self.width + x]);
        (1..self.width).filter(|x| full(*x) && !full(x - 1)).count()
    }
}

/// The pages of a PDF.
pub fn pages(data: Vec<u8>) -> Vec<Page> {
    pages_at(SCALE, 250, data)
}

/// The pages of a PDF at some dots per millimetre, with ink where a dot is darker than `pale`.
pub fn pages_at(dots: f32, pale: u8, data: Vec<u8>) -> Vec<Page> {
    let pdf = Pdf::new(data).expect("the PDF parses");
    let scale = dots * 25.4 / 72.0;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let draw = |page| {
        let pixmap = render(page, &RenderCache::new(), &InterpreterSettings::default(), &settings);
        let ink = pixmap.data().iter().map(|p| p.r < pale || p.g < pale || p.b < pale).collect();
        Page { width: usize::from(pixmap.width()), scale: dots, ink }
    };
    pdf.pages().iter().map(draw).collect()
}

const WINDOW: [f32; 4] = [24.6, 39.5, 120.0, 66.3];

#[test]
fn every_letter_keeps_its_zones_and_prints_nothing_at_the_edges() {
    let long = "[\"The Old Ticket Office Building\", \"Unit 7 of the Lower Station Arcade\", \"Station Parade\", \"Lower Marshgate\", \"MARSHGATE\", \"E20 9AB\"]";
    let run = Run::on_the_example();
    let text = run.read("conference.yaml");
    let police = text.lines().find(|l| l.contains("Marshgate Police Station")).expect("the example invites the police");
    let address = &police[police.find('[').expect("a list")..=police.find(']').expect("a list")];
    let run = Run::on_the_example().edit("conference.yaml", address, long);
    run.build(&["--only", "invitation"]);
    let letters: Vec<String> = run.files("out").into_iter().filter(|f| f.ends_with(".pdf")).collect();
    assert!(letters.len() >= 14);
    for letter in &letters {
        keeps_its_zones(letter, run.bytes(letter));
    }
    // In large print the reference has little room beside the date, and stays in one piece.
    let large = letters.iter().find(|file| file.contains("yetunde")).expect("somebody asked for large print");
    let first = &pages(run.bytes(large))[0];
    assert!(first.inked([125.0, 97.0, 180.0, 102.0]) && !first.inked([125.0, 104.0, 180.0, 110.0]), "{large}");
}

/// Fails if a letter has ink where Notify allows none, or no address in the window.
pub fn keeps_its_zones(letter: &str, data: Vec<u8>) {
    let pages = pages(data);
    assert!((1..=10).contains(&pages.len()), "{letter} has {} pages", pages.len());
    let first = &pages[0];
    assert!(first.inked(WINDOW), "{letter}: no address in the window");
    // Anything that touches 3 mm around the window is read as address.
    for strip in
        [[21.6, 36.5, 24.6, 69.3], [120.0, 36.5, 123.0, 69.3], [21.6, 36.5, 123.0, 39.5], [21.6, 66.3, 123.0, 69.3]]
    {
        assert!(!first.inked(strip), "{letter}: ink beside the window at {strip:?}");
    }
    for strip in
        [[15.0, 30.0, 125.0, 39.5], [15.0, 66.3, 125.0, 95.0], [15.0, 30.0, 24.6, 95.0], [120.0, 30.0, 125.0, 95.0]]
    {
        assert!(!first.inked(strip), "{letter}: ink where none may be at {strip:?}");
    }
    for (n, page) in pages.iter().enumerate() {
        for edge in
            [[0.0, 0.0, 15.0, 297.0], [195.0, 0.0, 210.0, 297.0], [0.0, 0.0, 210.0, 5.0], [0.0, 292.0, 210.0, 297.0]]
        {
            assert!(!page.inked(edge), "{letter}, page {}: ink at the edge {edge:?}", n + 1);
        }
    }
}
