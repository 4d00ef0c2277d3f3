//! Keyworker's program: what people see and use of what `care` knows and `store` remembers.

pub mod web;
