#![no_main]

convenor_fuzz::target!(list_xlsx);
