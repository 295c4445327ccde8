# Errors of AWS and of image engines: what failed, why, and what to do.

## AWS: credentials and identity

problem-no-credentials = { $action } was not sent: no AWS credentials were found.
problem-no-credentials-hint = Sign in with `aws sso login` or `aws login`, or run `aws configure`, then choose that profile here. If you use several profiles, check that the right one is chosen.
problem-credentials-slow = { $action } was not sent: getting AWS credentials took too long.
problem-credentials-slow-hint = Check your network, and whatever supplies the profile's credentials (SSO, a credential_process, an assumed role), then try again.
problem-credentials-unreadable = { $action } was not sent: the profile's credentials could not be loaded.
problem-credentials-unreadable-hint = Run `aws sts get-caller-identity` with this profile in a terminal. If that fails too, correct the profile in ~/.aws/config and ~/.aws/credentials.
problem-profile-missing = There is no AWS profile of that name.
problem-profile-missing-hint = Run `aws configure list-profiles` to see the names, and check the spelling.
profile-missing-named = There is no AWS profile named “{ $profile }”.
problem-profiles-unreadable = The AWS configuration file { $path } cannot be read.
problem-profiles-unreadable-hint = The details say what is wrong with it. Correct the file, or check that you may read it.
problem-profile-incomplete = The AWS profile “{ $profile }” cannot be used: { $property } is missing.
problem-profile-incomplete-hint = Add { $property } to the profile in ~/.aws/config, or choose another profile.
problem-profile-contradicts = The AWS profile “{ $profile }” cannot be used: it has both source_profile and credential_source.
problem-profile-contradicts-hint = Remove one of the two from the profile in ~/.aws/config.
problem-profile-source-missing = The AWS profile “{ $profile }” cannot be used: its source_profile “{ $source }” does not exist.
problem-profile-source-missing-hint = Add that profile to ~/.aws/config, or correct source_profile.
problem-profile-loop = The AWS profile “{ $profile }” cannot be used: its source_profile leads back to “{ $source }”.
problem-profile-loop-hint = Correct source_profile in ~/.aws/config: the last profile of the chain needs credentials of its own.
problem-profile-session-missing = The AWS profile “{ $profile }” cannot be used: there is no [sso-session { $session }].
problem-profile-session-missing-hint = Run `aws configure sso-session` to add it, or correct sso_session in the profile.
problem-profile-without-credentials = The AWS profile “{ $profile }” has settings only, no credentials.
problem-profile-without-credentials-hint = Choose another profile, or add credentials with `aws configure sso` or `aws login`.
problem-endpoints-mixed = Some AWS services are redirected to an endpoint that is not AWS, others are not: { $custom } to { $endpoint }; { $aws } stays at AWS.
problem-endpoints-mixed-hint = Redirect all of them with AWS_ENDPOINT_URL, or none: remove AWS_ENDPOINT_URL_… from the environment and endpoint_url from the profile.
problem-profile-needs-mfa = The AWS profile “{ $profile }” asks for the code of an MFA device, which the lab cannot enter.
problem-profile-needs-mfa-hint = In a terminal, run `{ $command }` and enter the code there. Then start the lab from the same terminal without naming a profile.
problem-login-expired = { $action } was not sent: your `aws login` session has expired or is missing.
problem-login-expired-hint = Run `aws login` for the profile in a terminal and try again.
problem-sso-expired = { $action } was not sent: your AWS IAM Identity Center (SSO) sign-in has expired or is missing.
problem-sso-expired-hint = Run `aws sso login` for the profile in a terminal and try again.
problem-credentials-expired = AWS refused { $action }: the temporary credentials have expired.
problem-credentials-expired-hint = Get new credentials (sign in again, or copy new keys from the access portal) and try again. The lab continues where it stopped.
problem-credentials-invalid = AWS refused { $action }: this access key or session token is not valid.
problem-credentials-invalid-hint = Check that the access key exists and is active in IAM, and that a temporary key is used with its session token. Keys of other partitions (China, GovCloud) do not work here.
problem-signature-mismatch = AWS refused { $action }: the request's signature does not match.
problem-signature-mismatch-hint = The secret access key is probably incomplete or belongs to another access key. Enter both again.
problem-clock-skew = AWS refused { $action }: this computer's clock differs too much from the actual time.
problem-clock-skew-hint = Turn on automatic time setting in the operating system and try again.
problem-access-denied = These credentials lack the permission { $action }.
problem-access-denied-hint = Ask for { $action } to be allowed in an IAM policy of this user or role (`imagelab policy` prints one with everything that the lab needs), then try again. Nothing was changed by this call.
problem-denied-by-organization = { $action } is blocked by a policy of your AWS organization.
problem-denied-by-registry-policy = { $action } is denied by a resource-based policy: that of the registry or of the repository.
problem-denied-by-registry-policy-hint = No permission of your user or role can undo an explicit denial. Ask the owners of the registry for an exception for { $action } (`aws ecr get-registry-policy` shows the registry's policy), or use another account, or practice mode.
problem-denied-by-organization-hint = An administrator of the organization set this, and no permission in this account can undo it. Ask for an exception for { $action }, or use another account, or practice mode.

## AWS: region and network

problem-no-region = No AWS Region is set.
problem-no-region-hint = Choose a Region for this run, or set one for the profile: `aws configure set region ap-northeast-2`.
problem-region-disabled = AWS refused { $action }: this Region, or this service in it, is not enabled for the account.
problem-region-disabled-hint = Enable the Region under Account > AWS Regions in the console, or choose another Region.
problem-region-without-inspector = Amazon Inspector did not answer in the Region { $region }, which is not among the Regions that this version knows to have it.
problem-region-without-inspector-hint = Choose a Region that has Amazon Inspector. If it is new in this one, check the connection to it. Nothing was changed.
problem-name-unknown = { $action } failed: the service's host name could not be resolved.
problem-name-unknown-hint = Check the Region's spelling and your network's DNS, then try again.
problem-network = { $action } failed: AWS could not be reached.
problem-network-hint = Check your network, VPN and proxy. If a firewall lets only some addresses through, it must allow *.amazonaws.com on port 443. Then try again.
problem-certificate = { $action } failed: a secure connection to AWS could not be established.
problem-certificate-hint = A company proxy that inspects traffic often causes this. Name the file with its root certificate in AWS_CA_BUNDLE, or add it to the operating system's trust store.
problem-timeout = { $action } failed: AWS did not answer in time.
problem-timeout-hint = Try again. If it keeps happening, check your network, VPN and proxy.
problem-proxy-refused = { $action } failed: a proxy requires authentication.
problem-proxy-refused-hint = Put user and password into HTTPS_PROXY (http://user:password@host:port), or use a network without a proxy.
problem-proxy-failed = { $action } failed: the proxy could not be used.
problem-proxy-failed-hint = Check the address in HTTPS_PROXY, and that the proxy lets *.amazonaws.com through. NO_PROXY names the hosts that need no proxy.
problem-proxy-invalid = The proxy { $proxy } cannot be used: this is not a proxy address.
problem-proxy-invalid-hint = Write HTTPS_PROXY as http://host:port or http://user:password@host:port. Characters such as @ and : in the password are written as %40 and %3A.
problem-ca-bundle = The certificates in { $path } cannot be used.
problem-ca-bundle-hint = AWS_CA_BUNDLE (or ca_bundle in the profile) must name a file of certificates in PEM.
problem-malformed-answer = { $action } failed: the response could not be read.
problem-malformed-answer-hint = Try again. If it keeps happening, something between you and AWS (a proxy, the sign-in page of a guest network) is answering instead of AWS.

## AWS: errors that a service returns

problem-throttled = { $action } was throttled: there are too many requests.
problem-throttled-hint = Wait a minute and try again. Other programs in this account share the same limit.
problem-service-error = { $action } failed inside AWS.
problem-service-error-hint = Try again in a few minutes. If it keeps happening, check the AWS Health Dashboard for this Region.
problem-quota-exceeded = { $action } was refused: a quota of the account is exceeded.
problem-quota-exceeded-hint = Delete what is no longer needed, or request an increase under Service Quotas in the console.
problem-repository-not-found = { $action } failed: there is no such repository in this account and Region.
problem-repository-not-found-hint = Create the repositories first, and check that account and Region are the ones you intend.
problem-repository-exists = { $action } failed: a repository with this name already exists.
problem-repository-exists-hint = Check the step: the lab uses a repository that already exists, and does not delete it at the end.
problem-repository-not-empty = { $action } failed: the repository still holds images.
problem-repository-not-empty-hint = Delete its images first if they are no longer needed. The lab deletes only what it created itself.
problem-image-not-found = { $action } failed: there is no such image in the repository.
problem-image-not-found-hint = Push the image first. If you just did, wait a few seconds and try again.
problem-tag-exists = { $action } was refused: the tag is used by another image, and tags in this repository are immutable.
problem-tag-exists-hint = Choose another tag, or allow overwriting in the repository's settings (image tag mutability).
problem-scan-not-found = { $action } failed: there is no scan of this image.
problem-scan-not-found-hint = For a minute after a push this is normal. If it persists, check that a scanning filter matches the repository's name.
problem-resource-not-found = { $action } failed: the resource does not exist.
problem-resource-not-found-hint = Check the previous step, and that account and Region are the ones you intend.
problem-conflict = { $action } was refused: the resource is being changed by another request.
problem-conflict-hint = Wait a minute and try again.
problem-encryption-key = { $action } failed: the repository's KMS key cannot be used.
problem-encryption-key-hint = Check in KMS that the key is enabled and that its policy lets you and Amazon ECR use it.
problem-request-invalid = { $action } was refused: a value is not allowed.
problem-request-invalid-hint = Check names, tags and filters in the plan; the details name the value.
problem-service-refused = { $action } was refused ({ $code }).
problem-service-refused-hint = The details give the reason as AWS reported it. Try again once it is resolved.

## Image engines

problem-engine-not-running = No image engine answers at { $host }.
problem-engine-not-running-hint = Start Docker Desktop, Colima, OrbStack, Rancher Desktop or Podman, or run `sudo systemctl start docker`. Or choose the built-in engine: it needs nothing.
problem-engine-permission = You do not have permission to use the image engine at { $host }.
problem-engine-permission-hint = On Linux, run `sudo usermod -aG docker $USER`, then sign out and in again. Or choose the built-in engine.
problem-engine-ssh = { $host } is reached over SSH, which the lab does not support.
problem-engine-ssh-hint = Forward its socket with `ssh -L 2375:/var/run/docker.sock <host>` and set DOCKER_HOST=tcp://127.0.0.1:2375, or choose the built-in engine.
problem-engine-host-unsupported = { $host } is not an address of an image engine that the lab can reach.
problem-engine-host-unsupported-hint = Addresses begin with unix://, npipe://, tcp://, http:// or https:// (with certificates). Check DOCKER_HOST and the Docker context.
problem-engine-silent = The image engine at { $host } does not answer.
problem-engine-silent-hint = Restart it and try again. Or choose the built-in engine.
problem-engine-tls = A secure connection to the image engine at { $host } could not be established.
problem-engine-tls-hint = Check ca.pem, cert.pem and key.pem in the folder of DOCKER_CERT_PATH or of the Docker context, and that they are for this host.
problem-engine-unreadable = The server at { $host } is not an image engine that the lab understands.
problem-engine-unreadable-hint = Check the address: DOCKER_HOST and the Docker context. Or choose the built-in engine.
problem-engine-lost = The image engine at { $host } closed the connection unexpectedly.
problem-engine-lost-hint = Check that it is still running, then try again: layers that were already transferred are not transferred again.
problem-engine-too-old = The image engine at { $host } is too old: its API version is { $version }.
problem-engine-too-old-hint = Update it to Docker 20.10 or later, or choose the built-in engine.
problem-engine-too-new = The image engine at { $host } no longer supports the API version that the lab uses.
problem-engine-too-new-hint = Update the lab, or choose the built-in engine.
problem-engine-disk-full = The image engine at { $host } has no space left.
problem-engine-disk-full-hint = Free space with `docker system df` and `docker image prune`, or give Docker's virtual machine a larger disk, then try again.
problem-engine-refused = The image engine at { $host } refused the request.
problem-engine-refused-hint = The details give the reason as the engine reported it. Try again once it is resolved.
problem-engine-loses-platform = The image engine cannot push { $reference }: of its platforms only { $platform } is present, and this version of the engine treats that as an error.
problem-engine-loses-platform-hint = Update Docker, or turn off “Use containerd for pulling and storing images” in its settings, then run the step again. Or choose the built-in engine.

## Registries, as image engines report them

problem-reference-invalid = { $reference } is not a valid image name.
problem-reference-invalid-hint = Use the form host/path:tag, with the path in lower case.
problem-image-not-local = The image engine does not have { $reference }.
problem-image-not-local-hint = Run the push step again: it pulls the image first.
problem-image-in-use = { $reference } is in use and was not removed.
problem-image-in-use-hint = Remove the containers that use it (`docker ps -a`), then run the clean-up again. Or leave it: it costs nothing.
problem-image-not-in-registry = { $reference } is not in the registry.
problem-image-not-in-registry-hint = Check name and tag in the plan.
problem-platform-missing = { $reference } does not exist for { $platform }.
problem-platform-missing-hint = Choose an image that has this platform, or another platform in the plan.
problem-pull-denied = { $reference } could not be pulled: access is denied, or it does not exist.
problem-pull-denied-hint = Check name and tag. { $registry } decides about this, not a policy in your account. For public images, an expired sign-in is often the reason: run `docker logout { $registry }` and try again.
problem-registry-login = The registry { $registry } did not accept the sign-in.
problem-registry-login-hint = Try again: the lab gets a new token. If it keeps happening, check that the token's account and Region are the registry's. For public images, run `docker logout { $registry }`.
problem-token-expired = The registry token for { $registry } has expired.
problem-token-expired-hint = Run the step again: the lab gets a new token, and layers that were already transferred are not transferred again.
problem-registry-denied = The registry { $registry } refused access.
problem-registry-denied-hint = The details say what is missing: usually a permission in IAM (pushing needs ecr:InitiateLayerUpload, ecr:UploadLayerPart, ecr:CompleteLayerUpload, ecr:BatchCheckLayerAvailability and ecr:PutImage) or in the repository's policy.
problem-transfer-failed = { $reference } could not be transferred between the image engine at { $host } and the registry { $registry }.
problem-transfer-failed-hint = The details give the reason as the engine reported it. Try again once it is resolved.
problem-repository-missing = The push to { $reference } was refused: the repository does not exist.
problem-repository-missing-hint = Create the repositories first. Amazon ECR does not create one when an image is pushed, unless a creation template says so.
problem-tag-immutable = The push to { $reference } was refused: the tag exists, and tags in this repository are immutable.
problem-tag-immutable-hint = Choose another tag in the plan, or allow overwriting in the repository's settings (image tag mutability).
problem-registry-rate-limited = The registry { $registry } received too many requests.
problem-registry-rate-limited-hint = Wait a few minutes and try again. Signing in raises the limit of public registries.
problem-registry-unreachable = The image engine could not reach the registry { $registry }.
problem-registry-unreachable-hint = Check your network, VPN and the proxy in Docker's settings, then try again. Layers come from Amazon S3, so a firewall must let that through too.
problem-registry-insecure = The image engine requires HTTPS, but the registry { $registry } uses HTTP.
problem-registry-insecure-hint = Add { $registry } to the engine's insecure registries, or choose the built-in engine.
problem-registry-certificate = The image engine does not trust the certificate of { $registry }.
problem-registry-certificate-hint = A company proxy that inspects traffic often causes this. Add its root certificate to the engine, or use another network.
problem-registry-failed = The registry { $registry } returned an error.
problem-registry-failed-hint = Try again in a few minutes: layers that were already transferred are not transferred again.

## Whether an engine reaches the practice registry

engine-cannot-reach = The image engine at { $host } cannot reach the practice registry at { $registry }: it probably runs in a virtual machine or on another computer. The built-in engine can.
engine-cannot-reach-registry = The image engine at { $host } cannot reach the registry { $registry }.
engine-in-virtual-machine = { $name } runs its engine in a virtual machine, which cannot reach the practice registry at { $registry } on this computer. The built-in engine can.
engine-wants-https = The image engine at { $host } requires HTTPS, which the practice registry at { $registry } does not offer. The built-in engine does not require it.
engine-did-not-answer = The image engine at { $host } did not respond when asked to reach { $registry }. Restart it, or choose the built-in engine.

## Advice that names what this run uses

hint-sign-in = Run `{ $command }` in a terminal and try again. The lab continues where it stopped.
hint-test-profile = Run `{ $command }` in a terminal. If that fails or hangs too, correct the profile in ~/.aws/config and ~/.aws/credentials.
hint-builtin-network = Check your network, VPN and HTTPS_PROXY: this machine reaches { $registry } itself. Layers come from Amazon S3, so a firewall must let that through too.
hint-builtin-failed = Try again in a few minutes. The error comes from { $registry }, not from the built-in engine. Layers that were already transferred are not transferred again.
hint-builtin-certificate = A company proxy that inspects traffic often causes this. Name the file with its root certificate in AWS_CA_BUNDLE and start the lab again.
hint-builtin-disk = Free space on the disk of the data folder (`{ $command }` shows how much there is), or use a data folder on another disk, then try again.
hint-builtin-restart = The built-in engine runs inside this program and keeps its images in { $folder }. Restart the program and try again: images that were already transferred are kept.
hint-ssh-forward = Run `{ $command }` in a terminal and leave it running, then look again here. Or choose the built-in engine.
