#![no_main]

convenor_fuzz::target!(workbook);
