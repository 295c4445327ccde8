//! `imagelab policy`: a policy document or Terraform on standard output.

use crate::TestFolder;

#[test]
fn the_policy_of_an_account_is_printed_without_asking_aws() {
    let folder = TestFolder::new();
    let account = ["policy", "--account", "111122223333", "--region", "eu-west-1"];
    let policy = folder.run(&account).with(0).json();
    let statements = policy["Statement"].as_array().unwrap();
    let repositories = statements.iter().find(|statement| statement["Sid"] == "CreatedRepositories").unwrap();
    assert_eq!(repositories["Resource"][0], "arn:aws:ecr:eu-west-1:111122223333:repository/eks-security-prod");
    assert_eq!(
        repositories["Resource"][3],
        "arn:aws:ecr:eu-west-1:111122223333:repository/eks-security-shared-imagelab-*"
    );
    assert!(repositories["Action"].as_array().unwrap().contains(&"ecr:CreateRepository".into()), "{repositories}");
    let terraform = folder.run(&[&account[..], &["--format", "terraform"]].concat()).with(0).out;
    assert!(terraform.contains("data \"aws_iam_policy_document\" \"imagelab\""), "{terraform}");
    let explorer = folder.run(&[&account[..], &["--explorer"]].concat()).with(0).out;
    assert!(explorer.contains("ecr:DescribeImageScanFindings") && !explorer.contains("Create"), "{explorer}");
    assert!(!folder.path().join("data/lab").exists(), "a run was started");
}

#[test]
fn the_practice_cloud_enforces_a_policy_that_it_is_given() {
    let folder = TestFolder::new();
    let file = folder.path().join("policy.json");
    std::fs::write(&file, "{ \"Statement\": { \"Effect\": \"Allow\" } }").unwrap();
    let refused = folder.run(&["practice", "--policy", file.to_str().unwrap()]).with(2);
    assert!(refused.err.contains("either Action or NotAction"), "{}", refused.err);
}

#[test]
fn an_account_that_is_none_is_refused() {
    let folder = TestFolder::new();
    let refused = folder.run(&["policy", "--account", "1234", "--region", "eu-west-1"]).with(2);
    assert!(refused.err.contains("123456789012") && refused.out.is_empty(), "{}", refused.err);
}
