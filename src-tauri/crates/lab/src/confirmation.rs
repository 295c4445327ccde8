//! Whether what a user typed, or gave in advance, confirms a preview. The same for window and command line.

use crate::model::{
    code::Code,
    consent::{AccountConfirmation, Confirmation, Consent, RunPreview},
    problem::{LabError, Problem},
};

/// The consent of a user who has seen this preview and confirms it.
///
/// # Errors
///
/// Problem `consent-digits`, `cli-other-account` or `cli-account-needed` if the account is not confirmed, `consent-caution`
/// if its cautions are not.
pub(crate) fn confirm(preview: &RunPreview, confirmation: &Confirmation) -> Result<Consent, LabError> {
    let problem = |code| Problem::new(code).with("account", preview.account.as_str());
    match &confirmation.account {
        AccountConfirmation::Typed { digits } if digits.trim() != preview.last_digits() => {
            return Err(problem(Code::ConsentDigits).into());
        }
        AccountConfirmation::InAdvance { account: Some(account) } if *account != preview.account => {
            return Err(problem(Code::CliOtherAccount).with("expected", account.as_str()).into());
        }
        // At AWS's own endpoints a profile may select an unintended account.
        AccountConfirmation::InAdvance { account: None } if preview.endpoint.is_none() => {
            return Err(problem(Code::CliAccountNeeded).into());
        }
        AccountConfirmation::Typed { .. } | AccountConfirmation::InAdvance { .. } => {}
    }
    if preview.cautions.is_empty() || confirmation.despite_cautions {
        Ok(Consent::to(preview))
    } else {
        Err(problem(Code::ConsentCaution).into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{caution::Caution, consent::AccountAlias};

    fn preview() -> RunPreview {
        RunPreview {
            account: "123456789012".to_owned(),
            alias: AccountAlias::NotRead,
            principal: "arn:aws:iam::123456789012:user/kim".to_owned(),
            region: "ap-northeast-2".to_owned(),
            endpoint: None,
            cautions: Vec::new(),
            steps: Vec::new(),
            scanning: None,
            undone: Vec::new(),
            lasting: Vec::new(),
        }
    }

    fn typed(digits: &str) -> AccountConfirmation {
        AccountConfirmation::Typed { digits: digits.to_owned() }
    }

    fn in_advance(account: Option<&str>) -> AccountConfirmation {
        AccountConfirmation::InAdvance { account: account.map(str::to_owned) }
    }

    fn refusal(preview: &RunPreview, account: AccountConfirmation, despite_cautions: bool) -> Option<Code> {
        match confirm(preview, &Confirmation { account, despite_cautions }) {
            Ok(consent) => {
                assert!(consent.is_for(preview));
                None
            }
            Err(error) => Some(error.into_problem().code),
        }
    }

    #[test]
    fn an_account_is_confirmed_by_its_last_four_digits() {
        assert_eq!(refusal(&preview(), typed("9012"), false), None);
        assert_eq!(refusal(&preview(), typed(" 9012\n"), false), None);
        for wrong in ["", "9013", "012", "123456789012", "89012", "yes"] {
            assert_eq!(refusal(&preview(), typed(wrong), true), Some(Code::ConsentDigits), "{wrong}");
        }
    }

    #[test]
    fn in_advance_an_account_of_aws_is_confirmed_by_its_id() {
        let aws = preview();
        assert_eq!(refusal(&aws, in_advance(Some("123456789012")), false), None);
        assert_eq!(refusal(&aws, in_advance(None), true), Some(Code::CliAccountNeeded));
        assert_eq!(refusal(&aws, in_advance(Some("210987654321")), true), Some(Code::CliOtherAccount));
        let elsewhere = RunPreview { endpoint: Some("http://127.0.0.1:1".to_owned()), ..preview() };
        assert_eq!(refusal(&elsewhere, in_advance(None), false), None);
        assert_eq!(refusal(&elsewhere, in_advance(Some("210987654321")), true), Some(Code::CliOtherAccount));
    }

    #[test]
    fn cautions_are_confirmed_besides() {
        let cautions = vec![Caution::NeverHere];
        let endpoint = Some("http://127.0.0.1:1".to_owned());
        for preview in
            [RunPreview { cautions: cautions.clone(), ..preview() }, RunPreview { endpoint, cautions, ..preview() }]
        {
            for account in [typed("9012"), in_advance(Some("123456789012"))] {
                assert_eq!(refusal(&preview, account.clone(), false), Some(Code::ConsentCaution));
                assert_eq!(refusal(&preview, account, true), None);
            }
        }
    }
}
