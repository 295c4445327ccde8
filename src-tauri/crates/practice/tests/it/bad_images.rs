//! Images that are damaged, or small and large for a scanner: the practice cloud describes each, continues, and starts again.

use std::path::Path;

use practice_images::OversizedLayer;

use crate::support::{Cloud, Image, copy_folder, scan_status};

#[tokio::test]
async fn no_image_ends_the_practice_cloud_and_each_has_a_described_outcome() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let limit = |text: &str| format!("Limits reached: \"{text}");
    let packages = limit("the image has more than 100000 packages\"");
    let damaged = OversizedLayer::LongVersions.tar();
    let images = [
        ("hard-links", OversizedLayer::HardLinks.tar(), "ACTIVE", packages.clone()),
        ("nested", OversizedLayer::NestedJars.tar(), "ACTIVE", packages),
        ("names", OversizedLayer::LongNames.tar(), "ACTIVE", limit("it has a path of more than 4096 bytes")),
        ("versions", OversizedLayer::LongVersions.tar(), "ACTIVE", limit("the image has more than 50000 vulnerable")),
        (
            "lock",
            OversizedLayer::NestedLock.tar(),
            "UNSUPPORTED_IMAGE",
            "Nothing in the image can be assessed".to_owned(),
        ),
        ("cut", damaged[..damaged.len() / 2].to_vec(), "FAILED", "cannot be read: it ends early.".to_owned()),
        ("garbage", b"no archive at all".to_vec(), "FAILED", "cannot be read: it ends early.".to_owned()),
    ];
    for (tag, layer, _, _) in &images {
        cloud.push("prod", tag, &Image::of_layer(layer)).await;
    }
    cloud.practice.scanner_idle().await;
    let cloud = check(cloud, &images).await.restart().await;
    cloud.practice.scanner_idle().await;
    let cloud = check(cloud, &images).await;
    let state = std::fs::read_to_string(cloud.dir.path().join("cloud.json")).unwrap();
    assert!(!state.contains("scanAttempts"), "every scan has an outcome");
}

async fn check(cloud: Cloud, images: &[(&str, Vec<u8>, &str, String)]) -> Cloud {
    for (tag, _, status, text) in images {
        let reported = scan_status(&cloud, "prod", tag).await;
        assert_eq!(reported.0, *status, "{tag}: {}", reported.1);
        assert!(reported.1.contains(text.as_str()), "{tag}: {}", reported.1);
    }
    cloud
}

#[tokio::test]
async fn an_attempt_is_on_disk_while_the_image_is_read_and_the_third_start_does_not_read_it() {
    let cloud = Cloud::start().await;
    cloud.watch("prod").await;
    cloud.create("prod").await;
    let image = Image::of_layer(&OversizedLayer::LongVersions.tar());
    let pushed = async { cloud.push("prod", "latest", &image).await };
    let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    // What a process that is killed meanwhile leaves: the state at this moment.
    let seen = tokio::task::spawn_blocking({
        let (from, to) = (cloud.dir.path().to_owned(), first.path().to_owned());
        move || copied_during_attempt(&from, &to, 1)
    });
    pushed.await;
    seen.await.unwrap();
    let seen = tokio::task::spawn_blocking({
        let (from, to) = (first.path().to_owned(), second.path().to_owned());
        move || copied_during_attempt(&from, &to, 2)
    });
    let again = Cloud::open(first, None).await;
    seen.await.unwrap();
    let last = Cloud::open(second, None).await;
    last.practice.scanner_idle().await;
    let (status, description) = scan_status(&last, "prod", "latest").await;
    assert_eq!(status, "FAILED");
    assert!(description.contains("ended while it scanned this image, in 2 attempts"), "{description}");
    for cloud in [cloud, again] {
        cloud.practice.scanner_idle().await;
        assert_eq!(scan_status(&cloud, "prod", "latest").await.0, "ACTIVE", "it was not killed after all");
    }
}

/// Waits for this attempt in the state of a running practice cloud, and copies its folder as it is then.
fn copied_during_attempt(from: &Path, to: &Path, attempt: u64) {
    let state = testbed::wait::wait_until("the attempt is on disk", || {
        let state = std::fs::read_to_string(from.join("cloud.json")).ok()?;
        let json: serde_json::Value = serde_json::from_str(&state).ok()?;
        let attempts = json.get("scanAttempts")?.as_object()?.values().next()?.as_u64();
        (attempts == Some(attempt)).then_some(state)
    });
    copy_folder(from, to);
    std::fs::write(to.join("cloud.json"), state).unwrap();
    // The running one may have completed its scan meanwhile.
    let _ = std::fs::remove_dir_all(to.join("scans"));
}
