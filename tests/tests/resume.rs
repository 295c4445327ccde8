//! A run is resumed with the options that it was started with, without repeating them.

use practice::Addressing;
use testbed::environment::TestEnvironment;
use whole_lab_tests::Imagelab;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_run_by_a_profile_is_resumed_and_cleaned_up_without_naming_it_again() {
    let environment = TestEnvironment::start_with(|config| config.addressing = Addressing::Loopback, None).await;
    let before = environment.scanning_configuration().await;
    let imagelab = Imagelab::new();
    let endpoint = format!("endpoint_url = {}", environment.practice.endpoint());
    imagelab.write_profile("team", &environment.practice, &endpoint);
    let image = |tag: &str| format!("{}/docker/library/neo4j:{tag}", environment.image_source.addr());
    let (vulnerable, patched) = (image("4.4.0"), image("4.4.48"));
    let output = ["--yes", "--json", "--lang", "en"];
    tokio::task::block_in_place(|| {
        let run = ["run", "--mode", "aws", "--profile", "team", "--engine", "builtin"];
        let images = ["--image", &vulnerable, "--fixed-image", &patched];
        imagelab.kill_at(&[&run[..], &images, &output].concat(), "[3/7]");
        imagelab.kill_at(&[&["resume"], &output[..]].concat(), "[4/7]");
    });
    assert_eq!(environment.repositories().await.len(), 3, "the resumed run has created its repositories");
    let cleanup = tokio::task::block_in_place(|| imagelab.run(&[&["cleanup"], &output[..]].concat()));
    let outcome = cleanup.succeeded("imagelab cleanup").json();
    assert_eq!((&outcome["mode"], &outcome["engine"]), (&"aws".into(), &"builtin".into()), "{outcome:#}");
    assert_eq!(outcome["receipt"]["restored"], true, "{outcome:#}");
    assert_eq!((environment.repositories().await, environment.scanning_configuration().await), (Vec::new(), before));
    environment.shutdown().await;
}
