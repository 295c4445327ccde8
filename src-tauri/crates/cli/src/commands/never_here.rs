//! `imagelab never-here`: the accounts that the user has excluded from being changed.

use std::sync::Arc;

use i18n::Message;
use lab::Lab;
use launcher::Folder;

use super::finish::print;
use crate::{
    args::NeverHere,
    console::Console,
    failure::{Exit, Failure},
};

pub(super) async fn run(options: &NeverHere, console: &Arc<Console>, folder: &Folder) -> Result<Exit, Failure> {
    let lab = Lab::open(&folder.lab()).await?;
    let mut accounts = lab.never_here()?;
    if !options.add.is_empty() || !options.remove.is_empty() {
        accounts.extend(options.add.iter().cloned());
        accounts.retain(|account| !options.remove.contains(account));
        accounts = lab.set_never_here(&accounts)?;
    }
    if accounts.is_empty() {
        console.message(&Message::new("cli-never-here-none"));
    } else {
        print(console, &format!("{}\n", accounts.join("\n")))?;
    }
    Ok(Exit::Met)
}
