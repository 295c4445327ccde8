//! Images saved to files and loaded from them.

use std::{
    collections::BTreeMap,
    io::{Read as _, Write as _},
    path::Path,
    process::Command,
};

use bytes::Bytes;
use flate2::{Compression, write::GzEncoder};
use practice_images::OciLayout;
use registry::Digest;
use serde_json::{Value, json};
use testbed::{http_client::http_client, tools::skopeo};

use crate::support::{OCI_MANIFEST, Running, Server, engine, engine_with, image, practice_image};

async fn save(running: &Running, names: &[&str]) -> Bytes {
    let query: String = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(names.iter().map(|name| ("names", *name)))
        .finish();
    let response = http_client().get(running.url(&format!("/images/get?{query}"))).send().await.unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["content-type"], "application/x-tar");
    response.bytes().await.unwrap()
}

/// The status, and the texts of the lines or the message.
pub(crate) async fn load(running: &Running, archive: impl Into<Bytes>) -> (u16, String) {
    let response = http_client().post(running.url("/images/load")).body(archive.into()).send().await.unwrap();
    let status = response.status().as_u16();
    let body = response.text().await.unwrap();
    let lines = body.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let texts = lines.map(|line| line["stream"].as_str().or(line["message"].as_str()).unwrap().to_owned());
    (status, texts.collect())
}

/// The files of an archive by their paths.
type Files = BTreeMap<String, Vec<u8>>;

fn files(archive: &[u8]) -> Files {
    let mut archive = tar::Archive::new(archive);
    let file = |entry: std::io::Result<tar::Entry<'_, &[u8]>>| {
        let mut entry = entry.unwrap();
        let mut content = Vec::new();
        entry.read_to_end(&mut content).unwrap();
        (entry.path().unwrap().to_str().unwrap().to_owned(), content)
    };
    archive.entries().unwrap().map(file).collect()
}

/// A tar of files, and of symbolic links for contents that begin with `->`.
pub(crate) fn pack<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut tar = tar::Builder::new(Vec::new());
    for (path, content) in files {
        let mut header = tar::Header::new_gnu();
        header.set_mode(0o644);
        if let Some(target) = content.strip_prefix(b"->") {
            header.set_entry_type(tar::EntryType::Symlink);
            header.set_size(0);
            tar.append_link(&mut header, path, std::str::from_utf8(target).unwrap()).unwrap();
        } else {
            header.set_size(content.len() as u64);
            tar.append_data(&mut header, path, content).unwrap();
        }
    }
    tar.into_inner().unwrap()
}

fn pack_all(files: &BTreeMap<String, Vec<u8>>) -> Vec<u8> {
    pack(files.iter().map(|(path, content)| (path.as_str(), content.as_slice())))
}

/// An archive as Docker wrote it before version 25: the same layer twice, once as a link.
fn docker_archive(diff_id: &Digest, layer: &[u8], tags: &Value) -> Vec<u8> {
    let config = json!({
        "architecture": "amd64",
        "os": "linux",
        "config": {},
        "rootfs": { "type": "layers", "diff_ids": [diff_id, diff_id] },
    });
    let manifest = json!([{ "Config": "c.json", "RepoTags": tags, "Layers": ["one/layer.tar", "two/layer.tar"] }]);
    pack([
        ("one/VERSION", b"1.0".as_slice()),
        ("one/layer.tar", layer),
        ("two/layer.tar", b"->../one/layer.tar"),
        ("c.json", config.to_string().as_bytes()),
        ("manifest.json", manifest.to_string().as_bytes()),
        ("repositories", b"{}"),
    ])
}

async fn with_image(layers: &[u64]) -> (Server, Running, OciLayout, tempfile::TempDir) {
    let server = Server::start().await;
    let dir = tempfile::tempdir().unwrap();
    let layout = image(dir.path(), "amd64", 1, layers);
    server.stock("a", "1", &layout).await;
    let running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    (server, running, layout, dir)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_saved_image_is_loaded_as_it_was() {
    let (server, running, layout, _dir) = with_image(&[300_000, 2000]).await;
    let image = &layout.platforms[0];
    running.tag("r.test/a:1", "r.test/b", "1").await;
    running.tag("r.test/a:1", "r.test/b", "2").await;
    let archive = save(&running, &["r.test/a:1", "r.test/b"]).await;
    assert_eq!(save(&running, &["r.test/a:1", "r.test/b"]).await, archive);

    let files = files(&archive);
    let blob = |digest: &Digest| format!("blobs/sha256/{}", digest.hex());
    for part in image.layers.iter().chain([&image.config, &image.manifest]) {
        assert_eq!(Digest::of(&files[&blob(&part.digest)]), part.digest);
    }
    assert_eq!(files.len(), 3 + 2 + image.layers.len());
    let document = |path: &str| serde_json::from_slice::<Value>(&files[path]).unwrap();
    assert_eq!(document("oci-layout")["imageLayoutVersion"], "1.0.0");
    let names: Vec<_> = document("index.json")["manifests"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            assert_eq!(entry["digest"], image.manifest.digest.as_str());
            entry["annotations"]["io.containerd.image.name"].as_str().unwrap().to_owned()
        })
        .collect();
    assert_eq!(names, ["r.test/a:1", "r.test/b:1", "r.test/b:2"]);
    let entry = &document("manifest.json")[0];
    assert_eq!(entry["RepoTags"], json!(names));
    assert_eq!(entry["Config"], blob(&image.config.digest));
    assert_eq!(entry["Layers"], json!(image.layers.iter().map(|layer| blob(&layer.digest)).collect::<Vec<_>>()));

    for name in &names {
        running.remove(name).await.unwrap();
    }
    assert_eq!(running.files(), (vec![], vec![]));
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&archive).unwrap();
    let loaded = "Loaded image: r.test/a:1\nLoaded image: r.test/b:1\nLoaded image: r.test/b:2\n";
    assert_eq!(load(&running, packed.finish().unwrap()).await, (200, loaded.to_owned()));
    let inspected = running.docker.inspect_image("r.test/b:2").await.unwrap();
    assert_eq!(inspected.id.as_deref(), Some(image.manifest.digest.as_str()));
    running.push("r.test/b", "2").await.unwrap();
    assert_eq!(Digest::of(&server.manifest("b", "2").await.unwrap().1), image.manifest.digest);
    // Loading it again changes nothing.
    let before = running.files();
    assert_eq!(load(&running, archive).await, (200, loaded.to_owned()));
    assert_eq!(running.files(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_of_an_older_docker_gets_a_manifest() {
    let server = Server::start().await;
    let running = engine(&server).await;
    let layer = pack([("etc/os-release", b"ID=debian".as_slice())]);
    let diff_id = Digest::of(&layer);
    let archive = docker_archive(&diff_id, &layer, &json!(["r.test/old:1"]));
    assert_eq!(load(&running, archive).await, (200, "Loaded image: r.test/old:1\n".to_owned()));
    // The layer, the configuration and the manifest; what no image needs is gone.
    assert_eq!(running.files().0.len(), 3);
    running.push("r.test/old", "1").await.unwrap();
    let (media_type, bytes) = server.manifest("old", "1").await.unwrap();
    assert_eq!(media_type, OCI_MANIFEST);
    let manifest: Value = serde_json::from_slice(&bytes).unwrap();
    for pushed in manifest["layers"].as_array().unwrap() {
        assert_eq!(pushed["digest"], diff_id.as_str());
        assert_eq!(pushed["mediaType"], "application/vnd.oci.image.layer.v1.tar");
    }
    // The name moves to another image, and that is said; an image without a name is known by its id.
    let other = pack([("etc/os-release", b"ID=alpine".as_slice())]);
    let former = Digest::of(&bytes);
    let (_, lines) = load(&running, docker_archive(&Digest::of(&other), &other, &json!(["r.test/old:1"]))).await;
    let renamed =
        format!("The image r.test/old:1 already exists, renaming the old one with ID {former} to empty string\n");
    assert_eq!(lines, format!("{renamed}Loaded image: r.test/old:1\n"));
    let (_, lines) = load(&running, docker_archive(&diff_id, &layer, &Value::Null)).await;
    assert_eq!(lines, format!("Loaded image ID: {former}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_layout_of_several_platforms_one_image_is_loaded() {
    let running = engine_with(&[]).await;
    let layout = practice_image();
    let mut files = BTreeMap::new();
    collect(&layout.root, &layout.root, &mut files);
    let (status, lines) = load(&running, pack_all(&files)).await;
    assert_eq!(status, 200, "{lines}");
    let listed = running.docker.list_images(None::<bollard::query_parameters::ListImagesOptions>).await.unwrap();
    assert_eq!(listed.len(), 1);
    let inspected = running.docker.inspect_image(&listed[0].id).await.unwrap();
    let host = if cfg!(target_arch = "aarch64") { "arm64" } else { "amd64" };
    assert_eq!(inspected.architecture.as_deref(), Some(host));
    assert_eq!(running.files().0.len(), 2 + layout.platforms[0].layers.len());
}

fn collect(root: &Path, folder: &Path, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, std::fs::read(&path).unwrap());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_load_that_fails_changes_nothing_and_says_why() {
    let (_server, running, layout, _dir) = with_image(&[100_000]).await;
    let archive = save(&running, &["r.test/a:1"]).await;
    let whole = files(&archive);
    let layer = format!("blobs/sha256/{}", layout.platforms[0].layers[0].digest.hex());
    let changed = |change: &dyn Fn(&mut Files)| {
        let mut files = whole.clone();
        change(&mut files);
        pack_all(&files)
    };
    let plain = pack([("f", b"1".as_slice())]);
    let wrong_diff_id = docker_archive(&Digest::of(b"other"), &plain, &json!(["r.test/old:1"]));
    let empty = engine_with(&[]).await;
    for (archive, reason) in [
        (changed(&|files| files.get_mut(&layer).unwrap()[0] ^= 1), "has the digest sha256:"),
        (changed(&|files| drop(files.remove(&layer))), "the archive lacks the file blobs/sha256/"),
        (changed(&|files| drop(files.insert("index.json".to_owned(), b"{".to_vec()))), "index.json: "),
        (changed(&|files| files.retain(|path, _| path.starts_with("blobs"))), "the archive holds no images"),
        (archive[..archive.len() / 2].to_vec(), "the archive cannot be read"),
        (b"hello, world".to_vec(), "the archive"),
        (b"\xfd7zXZ\0 and so on".to_vec(), "the archive is packed by xz, which is not read here: unpack it first"),
        (wrong_diff_id, "invalid diffID: expected sha256:"),
    ] {
        for running in [&running, &empty] {
            let before = running.files();
            let (status, message) = load(running, archive.clone()).await;
            assert_eq!(status, 400, "{message}");
            assert!(message.contains(reason), "{reason}: {message}");
            assert_eq!(running.files(), before, "{reason}");
        }
    }
    let (status, missing) = running.get("/images/r.test/nothing:1/get").await;
    assert_eq!((status.as_u16(), &missing["message"]), (404, &json!("No such image: r.test/nothing:1")));
    assert_eq!(running.get("/images/get").await.0.as_u16(), 400);
}

#[tokio::test(flavor = "multi_thread")]
async fn other_programs_read_a_saved_image_in_both_forms() {
    let Some(skopeo) = skopeo() else { return };
    let (_server, running, layout, dir) = with_image(&[100_000, 2000]).await;
    let file = dir.path().join("saved.tar");
    std::fs::write(&file, save(&running, &["r.test/a:1"]).await).unwrap();
    for (form, name) in [("oci-archive", ":1"), ("docker-archive", ":r.test/a:1")] {
        let source = format!("{form}:{}{name}", file.display());
        let inspected = Command::new(&skopeo).args(["inspect", "--raw", &source]).output().unwrap();
        let text = String::from_utf8_lossy(&inspected.stdout);
        assert!(inspected.status.success(), "{form}: {text}{}", String::from_utf8_lossy(&inspected.stderr));
        if form == "oci-archive" {
            assert_eq!(Digest::of(&inspected.stdout), layout.platforms[0].manifest.digest);
        }
        // And it is read back from what it writes.
        let copy = dir.path().join(form);
        let target = format!("{form}:{}:r.test/copied:{form}", copy.display());
        let copied = Command::new(&skopeo).args(["copy", "--insecure-policy", &source, &target]).output().unwrap();
        assert!(copied.status.success(), "{}", String::from_utf8_lossy(&copied.stderr));
        let (status, lines) = load(&running, std::fs::read(&copy).unwrap()).await;
        assert_eq!((status, lines), (200, format!("Loaded image: r.test/copied:{form}\n")));
    }
}
