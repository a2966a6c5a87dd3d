//! Data as an address (RFC 2397): the fonts and the logo of a page are in the page.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// The address that some data of a kind is.
pub fn data_url(kind: &str, data: &[u8]) -> String {
    format!("data:{kind};base64,{}", STANDARD.encode(data))
}
