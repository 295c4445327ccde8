//! The commands, and what the web side knows of them: TypeScript made from the types here.

use std::path::Path;

use lab::StepId;
use specta::datatype::{DataType, Field, Fields, Primitive};
use specta_typescript::Typescript;
use tauri_specta::{Builder, BuilderConfiguration, ErrorHandlingMode, LanguageExt, collect_commands};

use crate::{
    commands::{query, results, save, settings, start, steps, transcript},
    links,
};

/// All commands, with their types.
pub fn builder() -> Builder<tauri::Wry> {
    Builder::new()
        .commands(collect_commands![
            settings::app_state,
            settings::set_preferences,
            settings::open_link,
            settings::painted,
            start::engines,
            start::profiles,
            start::who_am_i,
            start::default_plan,
            start::check_plan,
            start::set_plan,
            start::begin,
            start::reopen,
            start::leave,
            start::abandon,
            steps::run_info,
            steps::commands,
            steps::environment,
            steps::preview,
            steps::consent_request,
            steps::give_consent,
            steps::check,
            steps::run_step,
            steps::undo_step,
            steps::attach,
            steps::cancel,
            results::filter_preview,
            results::repositories,
            results::registry_credential_expiry,
            results::inspector_view,
            results::outcome,
            query::scans,
            query::findings_page,
            query::summary,
            query::finding_values,
            query::finding,
            query::explain_cvss,
            query::compare,
            query::compare_page,
            save::export_findings,
            save::save_report,
            save::save_chart,
            transcript::transcript,
            transcript::watch_transcript,
        ])
        .constant("LINK_HOSTS", links::HOSTS)
        .constant("PLAN_CODES", lab::Code::PLAN)
        .constant("PROPERTIES", findings::Property::ALL.iter().map(|property| property.info()).collect::<Vec<_>>())
        .constant("STEPS", StepId::ALL)
        .constant("UNDOABLE_STEPS", StepId::ALL.into_iter().filter(|step| step.is_undoable()).collect::<Vec<_>>())
        .error_handling(ErrorHandlingMode::Throw)
        .dangerously_cast_bigints_to_number()
        .disable_serde_phases()
}

/// Writes them to a file.
///
/// # Errors
///
/// Why a type cannot be told in TypeScript, or the file not be written.
pub fn write(path: &Path) -> Result<(), specta_typescript::Error> {
    builder().export(Exact, path)
}

/// TypeScript that says of what crosses what is so: a number is a number, what always comes is not optional.
struct Exact;

impl LanguageExt for Exact {
    type Error = specta_typescript::Error;

    fn export(self, made: &BuilderConfiguration, path: &Path) -> Result<(), Self::Error> {
        let mut made = made.clone();
        made.types.iter_mut(|named| {
            let sparse = SPARSE.contains(&&*named.name);
            if let Some(ty) = &mut named.ty {
                sharpen(ty, sparse);
            }
        });
        Typescript::default().header(HEADER).export(&made, path)
    }
}

const HEADER: &str = "// Made by `cargo xtask bindings` from the commands in src-tauri.\n";

/// Types that the web side may leave parts out of, and a message, which itself leaves empty arguments out.
const SPARSE: [&str; 3] = ["Filter", "Message", "Query"];

fn sharpen(ty: &mut DataType, sparse: bool) {
    match ty {
        // Told as `number | null`, since NaN becomes null in JSON. None of ours is NaN.
        DataType::Primitive(number @ (Primitive::f32 | Primitive::f64)) => *number = Primitive::i32,
        DataType::Struct(whole) => {
            if !sparse {
                whole.attributes.remove("serde:container:default");
            }
            sharpen_fields(&mut whole.fields, sparse);
        }
        DataType::Enum(whole) => {
            for (_, variant) in &mut whole.variants {
                sharpen_fields(&mut variant.fields, sparse);
            }
        }
        DataType::List(list) => sharpen(&mut list.ty, sparse),
        DataType::Nullable(ty) => sharpen(ty, sparse),
        DataType::Map(map) => sharpen(map.value_ty_mut(), sparse),
        DataType::Tuple(tuple) => tuple.elements.iter_mut().for_each(|ty| sharpen(ty, sparse)),
        DataType::Intersection(parts) => parts.iter_mut().for_each(|ty| sharpen(ty, sparse)),
        _ => {}
    }
}

fn sharpen_fields(fields: &mut Fields, sparse: bool) {
    let fields: Vec<&mut Field> = match fields {
        Fields::Unit => Vec::new(),
        Fields::Unnamed(fields) => fields.fields.iter_mut().collect(),
        Fields::Named(fields) => fields.fields.iter_mut().map(|(_, field)| field).collect(),
    };
    for field in fields {
        if !sparse {
            field.attributes.remove("serde:field:default");
        }
        if let Some(ty) = &mut field.ty {
            sharpen(ty, sparse);
        }
    }
}
