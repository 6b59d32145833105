#!/usr/bin/env bash
# One day of the sample station, from text to sound; see `make demo`.  It leaves station.yaml as it is.
set -euo pipefail
cd "$(dirname "$0")/.."

broadcaster="${BIN:-.venv/bin}/broadcaster"
export BROADCASTER_VOICES=espeak # the voice that needs no network
day=2026-11-23                   # a Monday: three programmes
sound=audio_out/demo.wav

step() { printf '\n── %s ──\n' "$*"; }

has_sound_device() {
  { command -v paplay && timeout 5 pactl info; } >/dev/null 2>&1 && player=paplay && return
  { command -v aplay && aplay -l | grep '^card'; } >/dev/null 2>&1 && player=aplay
}

play_half_a_minute() {
  local code=0
  timeout 30 "$player" "$sound" || code=$?
  # 124 is timeout's own: the half minute is over.
  [ "$code" -eq 0 ] || [ "$code" -eq 124 ] || printf 'Không phát được ra loa. Hãy mở tệp %s để nghe.\n' "$sound"
}

step '1. Kiểm tra bản tin và lịch'
"$broadcaster" check

step '2. Một bản tin sẽ được đọc như thế này'
"$broadcaster" read scripts_vi/01-tin-mot-cua-quy-ba.txt | sed -n '1,4p'

step '3. Tạo tiếng và dựng chương trình (giọng trong máy, không cần mạng)'
"$broadcaster" render

step '4. Lịch trong tuần'
"$broadcaster" week --week 2026-W48

step "5. Phát thử trọn một ngày ($day), nhanh hơn giờ thật"
mkdir -p audio_out
"$broadcaster" run --simulate --from "$day" --until "$day" --record "$sound"

step '6. Nhật ký phát của ngày ấy'
"$broadcaster" log --simulated

step '7. Các chương trình đã dựng'
du -h audio_out/programmes/*/*.wav

step '8. Nghe thử nửa phút'
if has_sound_device; then
  play_half_a_minute
else
  printf 'Máy này không có thiết bị âm thanh. Hãy chép tệp %s sang máy khác để nghe.\n' "$sound"
fi

step 'Xong! Việc tiếp theo'
cat <<'NEXT'
  · Sửa một bản tin trong scripts_vi/ rồi nghe lại:  .venv/bin/broadcaster render
  · Tạo đài của xã mình:                             .venv/bin/broadcaster init dai-cua-toi
  · Phát đúng giờ, phát thật:                        .venv/bin/broadcaster run
  · Hướng dẫn từng bước:                             docs/dau-tien.md
NEXT
