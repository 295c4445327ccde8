//! Data folders of released versions, from `tests/data`.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    sync::OnceLock,
};

use testbed::temp_dir::temp_dir;

/// Unpacks the archive `<version>/<name>` into `folder`, and restores the layers that it leaves out.
///
/// # Panics
///
/// If the archive does not exist, or no practice image has a layer that it lists.
pub fn unpack_data_folder(version: &str, name: &str, folder: &Path) {
    let archive = Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(version).join(format!("{name}.tar.zst"));
    let archive = fs::File::open(&archive).unwrap_or_else(|error| panic!("{}: {error}", archive.display()));
    let archive = zstd::Decoder::new(archive).expect("it is compressed with zstd");
    tar::Archive::new(archive).unpack(folder).expect("the archive is complete");
    let list = folder.join("layers.txt");
    for file in fs::read_to_string(&list).expect("every archive lists its layers").lines() {
        let layer = file.rsplit('/').next().and_then(|digest| layers().get(digest));
        let layer = layer.unwrap_or_else(|| panic!("{file} is no layer of the practice images"));
        let file = folder.join(file);
        fs::create_dir_all(file.parent().expect("layers are in folders")).expect("there is room for a folder");
        fs::copy(layer, &file).expect("there is room for a layer");
    }
    fs::remove_file(list).expect("the list was just read");
}

/// The files of the practice images' layers, by the hexadecimal digits of their digests.
fn layers() -> &'static BTreeMap<String, PathBuf> {
    static LAYERS: OnceLock<BTreeMap<String, PathBuf>> = OnceLock::new();
    LAYERS.get_or_init(|| {
        // Deleted when this process ends.
        let root = temp_dir().keep();
        let images = practice_images::all().into_iter().flat_map(|image| {
            let layout =
                practice_images::build(&image, &root.join(image.tag)).expect("the practice images can be built");
            let blobs = layout.root.join("blobs/sha256");
            let layers = layout.platforms.into_iter().flat_map(|platform| platform.layers);
            layers
                .map(|layer| layer.digest.hex().to_owned())
                .map(move |hex| (hex.clone(), blobs.join(hex)))
                .collect::<Vec<_>>()
        });
        images.collect()
    })
}
