### 실행이 진행되는 곳: 연습용 클라우드와 엔진의 시작. 터미널과 창이 함께 사용합니다.

place-engine-docker = 이미지 엔진: Docker { $version }({ $name })
place-docker-none = 이미지 엔진: 사용할 수 있는 Docker를 찾지 못해 내장 엔진을 사용합니다.
place-docker-not-usable = { $name }을(를) 사용할 수 없습니다.
place-docker-passed-over = 이미지 엔진: { $name }에서 연습용 레지스트리에 연결할 수 없어 내장 엔진을 사용합니다.
place-practice-quarantined = 연습용 리포지토리 { $name }의 상태를 읽을 수 없어 연습용 클라우드에서 제외했습니다. 이미지를 다시 푸시하십시오. 파일은 { $path }에 있습니다. 빈 연습용 클라우드로 시작하려면: imagelab practice --reset
place-running-practice = { $endpoint }에서 실행 중인 연습용 클라우드를 사용합니다.
problem-place-advisories = 권고를 가져오지 못했습니다. 파일을 읽을 수 없거나, 손상되었거나, 형식이 다릅니다. 아무것도 변경하지 않았습니다.
problem-place-advisories-hint = OSV 스키마의 레코드(.json)나 아카이브(.zip, 예: 생태계별 all.zip) 또는 Debian 보안 트래커의 JSON 목록을 가져오십시오.
problem-place-advisories-in-use = 다른 프로세스가 이 데이터 폴더로 권고를 가져오고 있습니다.
problem-place-advisories-in-use-hint = 끝난 뒤에 다시 시도하십시오.
problem-place-advisories-unreadable = 가져온 권고를 읽을 수 없습니다: { $path }
problem-place-advisories-unreadable-hint = `imagelab catalogue import`로 다시 가져오거나 `imagelab catalogue reset`으로 제거하십시오.
problem-place-no-folder = 실습 데이터를 저장할 홈 폴더가 없습니다.
problem-place-no-folder-hint = IMAGELAB_DATA로, 또는 터미널에서는 --data로 폴더를 지정하십시오.
problem-place-folder = 데이터 폴더 { $path }을(를) 사용할 수 없습니다.
problem-place-folder-hint = IMAGELAB_DATA로, 또는 터미널에서는 --data로 다른 폴더를 지정하거나 이 폴더의 쓰기 권한을 확인하십시오.
problem-place-folder-in-use = 다른 imagelab이 { $path }을(를) 사용하고 있습니다.
problem-place-folder-in-use-hint = 실행 중인 imagelab을 중지하거나, IMAGELAB_DATA로 또는 터미널에서는 --data로 다른 폴더를 지정하십시오.
problem-place-no-region = { $region }은(는) 리전 이름이 아닙니다.
problem-place-no-region-hint = 리전 이름은 ap-northeast-2와 같은 형식입니다.
problem-place-port = 127.0.0.1의 { $port } 포트를 사용할 수 없습니다.
problem-place-port-hint = 다른 프로그램이 사용 중일 수 있습니다. 다른 포트를 지정하거나, 빈 포트를 쓰도록 포트를 지정하지 마십시오.
problem-place-practice = 연습용 클라우드를 시작할 수 없습니다.
problem-place-practice-hint = 데이터 폴더의 내용이 외부에서 변경되었다면 IMAGELAB_DATA로, 또는 터미널에서는 --data로 다른 데이터 폴더를 지정하십시오.
problem-place-practice-damaged = 연습용 클라우드의 상태를 읽을 수 없습니다: { $path }
problem-place-practice-damaged-hint = 더 새로운 버전의 프로그램이 기록했다면 그 버전을 사용하십시오. 아니면 연습용 클라우드를 비우십시오: imagelab practice --reset(다른 리전은 --region과 함께). 그 리전의 연습용 클라우드만 삭제됩니다.
problem-place-practice-clock = 연습용 시계는 앞으로만 옮길 수 있습니다. 한 번에 1초 이상, 모두 합해 3650일까지입니다.
problem-place-practice-clock-hint = 1d나 14d처럼 더 짧은 시간을 지정하십시오. 옮기지 않은 시계로 처음부터 시작하려면 연습용 클라우드를 비우십시오: imagelab practice --reset
problem-place-practice-control = 실행 중인 연습용 클라우드의 시계를 옮기지 못했습니다.
problem-place-practice-control-hint = 다시 시도하십시오. 계속되면 연습용 클라우드를 중지하고, 중지된 상태에서 시계를 옮긴 다음 다시 시작하십시오.
problem-place-socket-folder = 이미지 엔진의 소켓을 둘 폴더 { $path }이(가) 다른 사용자의 것이거나 다른 사용자가 사용할 수 있습니다.
problem-place-socket-folder-hint = 그 폴더를 삭제하거나, IMAGELAB_DATA 또는 터미널의 --data로 경로가 더 짧은 데이터 폴더를 지정하십시오.
problem-place-engine = 내장 엔진을 시작할 수 없습니다.
problem-place-engine-hint = 데이터 폴더의 내용이 외부에서 변경되었다면 IMAGELAB_DATA로, 또는 터미널에서는 --data로 다른 데이터 폴더를 지정하십시오.
problem-place-no-docker = 사용할 수 있는 Docker를 찾지 못했습니다.
problem-place-no-docker-hint = Docker를 시작하거나 내장 엔진을 사용하십시오.
problem-place-docker-cannot-reach = { $name }에서 이 컴퓨터의 연습용 레지스트리에 연결할 수 없습니다.
problem-place-docker-cannot-reach-hint = 내장 엔진을 선택하십시오. 실습의 나머지는 똑같습니다.

# 연습용 시계.
practice-clock-days = 연습용 시계를 { $count }일 앞으로 옮겼습니다.
practice-clock-hours = 연습용 시계를 { $count }시간 앞으로 옮겼습니다.
practice-clock-minutes = 연습용 시계를 { $count }분 앞으로 옮겼습니다.
practice-clock-seconds = 연습용 시계를 { $count }초 앞으로 옮겼습니다.
practice-clock-unknown = 연습용 시계를 얼마나 앞으로 옮겼는지 읽을 수 없습니다.
