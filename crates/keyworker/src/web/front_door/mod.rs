//! The front door: enquiries, what is decided of them, the hand-over between shifts, and how long people waited.

pub mod answer;
pub mod board;
mod compared;
pub mod decide;
pub mod enquiry;
pub mod figures;
pub mod hand_over;
pub mod taking;
