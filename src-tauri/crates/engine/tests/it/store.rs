//! The image store across restarts.

use engine::{Engine, EngineError};

use testbed::files::names_in;

use crate::support::{Server, client, config, engine, error_of, image};

#[tokio::test]
async fn images_are_there_after_a_restart() {
    let server = Server::start().await;
    let layouts = tempfile::tempdir().unwrap();
    let layout = image(layouts.path(), "amd64", 1, &[1000, 2000]);
    server.stock("a", "1", &layout).await;
    let mut running = engine(&server).await;
    running.pull("r.test/a:1").await.unwrap();
    running.tag("r.test/a:1", "r.test/b", "1").await;
    let before = running.docker.inspect_image("r.test/b:1").await.unwrap();
    running.engine.shutdown().await;
    running.engine = Engine::start(config(running.dir.path(), &[("r.test", &server.addr)])).await.unwrap();
    running.docker = client(&running.engine.docker_host());
    assert_eq!(running.docker.inspect_image("r.test/b:1").await.unwrap(), before);
    running.push("r.test/b", "1").await.unwrap();
}

#[tokio::test]
async fn a_folder_has_one_engine_at_a_time() {
    let dir = tempfile::tempdir().unwrap();
    let first = Engine::start(config(dir.path(), &[])).await.unwrap();
    let second = Engine::start(config(dir.path(), &[])).await.unwrap_err();
    assert!(matches!(second, EngineError::InUse { .. }));
    assert!(second.to_string().contains("is in use by another engine"), "{second}");
    first.shutdown().await;
    Engine::start(config(dir.path(), &[])).await.unwrap().shutdown().await;
}

#[tokio::test]
async fn a_port_that_is_taken_is_named() {
    let (one, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = Engine::start(config(one.path(), &[])).await.unwrap();
    let mut second = config(other.path(), &[]);
    second.port = first.port().unwrap();
    let error = Engine::start(second).await.unwrap_err();
    assert!(matches!(error, EngineError::Listen { port, .. } if Some(port) == first.port()), "{error}");
}

#[tokio::test]
async fn what_is_not_whole_is_not_shown_and_leftovers_are_swept_up() {
    let server = Server::start().await;
    let layouts = tempfile::tempdir().unwrap();
    let (lost, kept) = (image(layouts.path(), "amd64", 1, &[1000]), image(layouts.path(), "amd64", 2, &[1000]));
    server.stock("lost", "1", &lost).await;
    server.stock("kept", "1", &kept).await;
    let mut running = engine(&server).await;
    running.pull("r.test/lost:1").await.unwrap();
    running.pull("r.test/kept:1").await.unwrap();
    running.engine.shutdown().await;
    let layer = running.dir.path().join("blobs/sha256").join(lost.platforms[0].layers[0].digest.hex());
    std::fs::write(&layer, b"torn").unwrap();
    std::fs::write(running.dir.path().join("unfinished/left-over"), b"half of it").unwrap();

    running.engine = Engine::start(config(running.dir.path(), &[("r.test", &server.addr)])).await.unwrap();
    running.docker = client(&running.engine.docker_host());
    assert_eq!(names_in(&running.dir.path().join("unfinished")), Vec::<String>::new());
    assert_eq!(error_of(&running.docker.inspect_image("r.test/lost:1").await.unwrap_err()).0, Some(404));
    running.docker.inspect_image("r.test/kept:1").await.unwrap();
    running.pull("r.test/lost:1").await.unwrap();
    running.tag("r.test/lost:1", "r.test/again", "1").await;
    running.push("r.test/again", "1").await.unwrap();
}

#[tokio::test]
async fn a_damaged_list_of_images_is_not_taken_for_an_empty_one() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("images.json"), b"{ torn").unwrap();
    let error = Engine::start(config(dir.path(), &[])).await.unwrap_err();
    assert!(matches!(error, EngineError::Damaged { .. }), "{error}");
}

#[tokio::test]
async fn layers_that_no_pull_came_back_for_are_swept_up_after_a_day() {
    let dir = tempfile::tempdir().unwrap();
    Engine::start(config(dir.path(), &[])).await.unwrap().shutdown().await;
    let blobs = dir.path().join("blobs/sha256");
    let (old, fresh) = ("a".repeat(64), "b".repeat(64));
    for name in [&old, &fresh] {
        std::fs::write(blobs.join(name), b"a layer").unwrap();
    }
    let long_ago = std::time::SystemTime::now() - std::time::Duration::from_hours(25);
    std::fs::File::options().write(true).open(blobs.join(&old)).unwrap().set_modified(long_ago).unwrap();
    let _engine = Engine::start(config(dir.path(), &[])).await.unwrap();
    assert_eq!(names_in(&blobs), [fresh]);
}
