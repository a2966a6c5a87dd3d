//! Lists as the standard has them: an item holds its paragraphs and the lists in it, and nothing else (ODF 1.2 part 1, §5.3).
//!
//! In: lists, items and paragraphs in the order of the text. Out: elements. A list is opened when a paragraph of it comes, and
//! left for whatever cannot stand in it, such as a table; the next item goes on counting where it was left.

use std::collections::BTreeSet;

use super::style_names::of_list;
use crate::render::office::{List, Within};
use crate::render::xml::Xml;

/// A list that was begun.
struct Begun {
    list: List,
    /// The number of the next item.
    next: usize,
    /// Whether its element is open, and that of an item in it.
    is_open: bool,
    /// Whether a reader counts as we do: since the element was opened, a first number was said or is one.
    is_counted: bool,
    item: Item,
}

/// How far an item is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Item {
    /// There is none.
    None,
    /// It has no paragraph yet.
    New,
    /// Its element is open.
    Open,
    /// Its element was closed for something that cannot stand in it.
    Left,
    /// There is none, and an element is open that holds the list in it: as in a line with a box to tick, which is no item.
    Lent,
}

/// The lists that stand in one another at this place.
#[derive(Default)]
pub struct Lists {
    all: Vec<Begun>,
    /// Those around the tables that are open.
    around: Vec<Vec<Begun>>,
    /// The styles that were named: what they stand in, and whether they count.
    pub used: BTreeSet<(Within, bool)>,
}

impl Lists {
    pub fn open_list(&mut self, list: List) {
        self.all.push(Begun {
            list,
            next: list.start.unwrap_or(1),
            is_open: false,
            is_counted: false,
            item: Item::None,
        });
    }

    pub fn open_item(&mut self) {
        if let Some(list) = self.all.last_mut() {
            list.item = Item::New;
        }
    }

    pub fn close_item(&mut self, xml: &mut Xml) {
        if let Some(list) = self.all.last_mut() {
            if list.item == Item::Open {
                xml.close();
            }
            list.item = Item::None;
        }
    }

    pub fn close_list(&mut self, xml: &mut Xml) {
        if self.all.pop().is_some_and(|list| list.is_open) {
            xml.close();
        }
        if let Some(around) = self.all.last_mut().filter(|list| list.item == Item::Lent) {
            xml.close();
            around.item = Item::None;
        }
    }

    /// A paragraph comes. It is in the item that is open, or in none: after something that cannot stand in a list, or between
    /// two items.
    pub fn before_paragraph(&mut self, xml: &mut Xml) {
        match self.all.last().map(|list| list.item) {
            None => {}
            Some(Item::New | Item::Open) => self.open_all(xml),
            Some(Item::None | Item::Left | Item::Lent) => self.leave_last(xml),
        }
    }

    /// Something comes that cannot stand in a list.
    pub fn leave(&mut self, xml: &mut Xml) {
        for list in self.all.iter_mut().rev() {
            if matches!(list.item, Item::Open | Item::Lent) {
                xml.close();
            }
            list.item = match list.item {
                Item::None | Item::Lent => Item::None,
                Item::New | Item::Open | Item::Left => Item::Left,
            };
            if std::mem::take(&mut list.is_open) {
                xml.close();
            }
        }
    }

    /// A table begins: the lists in its cells are others.
    pub fn open_table(&mut self, xml: &mut Xml) {
        self.leave(xml);
        self.around.push(std::mem::take(&mut self.all));
    }

    pub fn close_table(&mut self) {
        self.all = self.around.pop().unwrap_or_default();
    }

    /// Opens every list from the outermost that is not open, each with an item.
    fn open_all(&mut self, xml: &mut Xml) {
        for list in &mut self.all {
            let ordered = list.list.start.is_some();
            if !list.is_open {
                self.used.insert((list.list.within, ordered));
                let style = of_list(list.list.within, ordered).replace(' ', "_20_");
                xml.open("text:list", &[("text:style-name", &style)]);
                (list.is_open, list.is_counted) = (true, false);
            }
            match list.item {
                Item::Open | Item::Lent => {}
                Item::New => {
                    let says = ordered && !list.is_counted && list.next != 1;
                    let number = list.next.to_string();
                    let start = [("text:start-value", number.as_str())];
                    xml.open("text:list-item", if says { &start } else { &[] });
                    (list.item, list.next, list.is_counted) = (Item::Open, list.next + 1, true);
                }
                // It holds the list in it, and has no number.
                Item::Left | Item::None => {
                    xml.open("text:list-item", &[]);
                    list.item = if list.item == Item::Left { Item::Open } else { Item::Lent };
                }
            }
        }
    }

    /// Closes the innermost list. The paragraph stands in the item around it, if one is open, or in none.
    fn leave_last(&mut self, xml: &mut Xml) {
        let Some(last) = self.all.last_mut() else { return };
        if std::mem::take(&mut last.is_open) {
            xml.close();
        }
        let around = self.all.len() - 1;
        if self.all[..around].iter().any(|list| list.item != Item::Open) {
            self.leave(xml);
        }
    }
}
