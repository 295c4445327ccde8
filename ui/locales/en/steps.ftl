# The seven steps: titles, and why.

step-prepare-title = Prepare
step-prepare-why = Before anything begins: whose account this is, and whether permissions and tools are there. This step changes nothing.
step-scanning-title = Configure scanning
step-scanning-why = Turn enhanced scanning on and say by a filter which repositories are scanned. Nobody looks into a repository that no filter matches.
step-repositories-title = Create repositories
step-repositories-why = One repository for production, one for experiments, one to share. Only their names differ, and that decides whether they are scanned.
step-push-title = Push the image
step-push-why = The same image, with Log4Shell in it, goes to two repositories. The second push is quick: its layers are there already.
step-results-title = Read the results
step-results-why = The same image, by its digest, shows its vulnerabilities only in the repository that is watched. Not seen is not safe.
step-remediate-title = Fix and compare
step-remediate-why = Push a patched image and compare: what is fixed, what remains, what is new.
step-cleanup-title = Clean up
step-cleanup-why = What the lab made is deleted, the scanning configuration from before is restored, and each is read back.
