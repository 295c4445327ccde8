//! `imagelab practice advance`, and what other commands say of the practice clock.

use i18n::Message;
use launcher::{Folder, advance_practice, practice_clock};

use super::finish::print;
use crate::{
    args::practice_cloud::PracticeAdvance,
    console::Console,
    failure::{Exit, Failure},
};

/// Moves the practice clock forward, and prints how far it is moved now.
pub(super) async fn advance(options: PracticeAdvance, console: &Console, folder: &Folder) -> Result<Exit, Failure> {
    let PracticeAdvance { by, region } = options;
    let clock = advance_practice(folder, Some(&region), by).await?;
    if let Some(text) = clock.message().map(|moved| line(console, &region, &moved)) {
        print(console, &format!("{text}\n"))?;
    }
    Ok(Exit::Met)
}

/// What is said of the practice clocks that were moved, or of which that could not be read: one line for each Region of these.
pub(super) fn lines<'a>(console: &Console, folder: &Folder, regions: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let moved =
        |region: &'a str| practice_clock(folder, Some(region)).message().map(|moved| line(console, region, &moved));
    regions.into_iter().filter_map(moved).collect()
}

fn line(console: &Console, region: &str, moved: &Message) -> String {
    let localizer = console.localizer();
    localizer.text(&Message::new("cli-practice-clock").with("region", region).with("clock", localizer.text(moved)))
}
