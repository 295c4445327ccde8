### 실행이 진행되는 곳: 연습용 클라우드와 엔진의 시작. 터미널과 창이 함께 사용합니다.

place-engine-docker = 이미지 엔진: Docker { $version }({ $name })
place-docker-none = 이미지 엔진: 사용할 수 있는 Docker를 찾지 못해 내장 엔진을 사용합니다.
place-docker-not-usable = { $name }을(를) 사용할 수 없습니다.
place-docker-passed-over = 이미지 엔진: { $name }에서 연습용 레지스트리에 연결할 수 없어 내장 엔진을 사용합니다.
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
problem-place-engine = 내장 엔진을 시작할 수 없습니다.
problem-place-engine-hint = 데이터 폴더의 내용이 외부에서 변경되었다면 IMAGELAB_DATA로, 또는 터미널에서는 --data로 다른 데이터 폴더를 지정하십시오.
problem-place-no-docker = 사용할 수 있는 Docker를 찾지 못했습니다.
problem-place-no-docker-hint = Docker를 시작하거나 내장 엔진을 사용하십시오.
problem-place-docker-cannot-reach = { $name }에서 이 컴퓨터의 연습용 레지스트리에 연결할 수 없습니다.
problem-place-docker-cannot-reach-hint = 내장 엔진을 선택하십시오. 실습의 나머지는 똑같습니다.
