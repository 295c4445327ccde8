# 차트와 그 주변의 문구.

chart-severity = 심각도별 취약점
chart-severity-says = 취약점 { $total }개 중 심각이 { $critical }개, 높음이 { $high }개입니다.
chart-packages = 취약점이 가장 많은 패키지 { $top }개
chart-packages-says = { $first } 패키지가 취약점 { $count }개로 가장 많습니다. 여러 패키지에 있는 취약점은 패키지마다 셉니다. 취약점이 있는 패키지는 모두 { $all }개입니다.
chart-layers = 이미지 계층별 취약점
chart-layers-says = { $first } 계층이 취약점 { $count }개로 가장 많습니다. 여러 계층에 있는 취약점은 계층마다 세며, 계층을 알 수 없는 취약점은 { $none }개입니다. 취약점이 있는 계층은 모두 { $all }개입니다.
chart-risk = 심각도와 악용 가능성
chart-risk-says = 취약점 { $shown }개를 CVSS 점수(가로)와 EPSS(세로)로 나타냈습니다. 오른쪽 위에 있을수록 먼저 고쳐야 합니다. 실제로 악용된 취약점(KEV)이 있는 점은 { $kev }개입니다. 점수나 EPSS가 없는 { $none }개는 표시하지 않았습니다.
chart-risk-kev-unknown = { $unknown }개는 세부 정보를 읽지 못해 악용 여부를 알 수 없습니다.
chart-axis-score = CVSS 점수
chart-axis-epss = EPSS(30일 이내 악용될 확률)
chart-point-more = { $name } 외 { $more }개
chart-point-kev = 실제로 악용된 것으로 알려져 있습니다(KEV)
chart-ring-kev = 굵은 테두리: 실제로 악용됨(KEV)
chart-fix = 수정 버전 유무
chart-fix-says = 취약점 { $total }개 중 { $fixable }개({ $share })는 패키지를 업데이트하면 해결됩니다.
fix-yes = 수정 버전 있음
fix-no = 수정 버전 없음
fix-partial = 일부만 있음
fix-unknown = 알 수 없음
chart-before-after = 이전과 이후의 심각도
chart-before-after-says = 취약점이 { $before }개에서 { $after }개로 바뀌었습니다.
chart-fates = 패키지별 변화
chart-fates-says = { $package } 패키지에서 취약점 { $fixed }개가 해결되어 가장 많습니다. 변화가 큰 패키지 { $count }개를 나타냈습니다.
chart-share = 취약점 { $count }개({ $share })
chart-stack = { $name }: 취약점 { $count }개
chart-nothing = 나타낼 것이 없습니다.

chart-full = { $title }: 전체 화면
full-close = 전체 화면 닫기
chart-show-table = { $title }: 표로 보기
chart-hide-table = { $title }: 표 닫기
chart-table-of = { $title } 표
chart-save = { $title }: 그림으로 저장
chart-save-png = PNG로 저장
chart-save-svg = SVG로 저장
chart-pick = { $name }: 이 값으로 표 필터링
chart-unpick = { $name } 필터 해제
chart-picked = 아래 표에 “{ $name }”만 표시하고 있습니다.
chart-clear = 필터 해제

charts-title = 차트
charts-about = 차트의 한 부분을 선택하면 아래 표가 그 부분으로 필터링됩니다. 다시 선택하면 해제됩니다.
charts-failed = 차트를 그릴 수 없습니다
