/* What a venue may mend while the screen stands there. */
#include "app/ui/stage_i.h"

void stage_set_habits(struct stage *stage, bool has_qwerty, bool has_speech, int64_t dim_ms)
{
    stage->config.has_qwerty = has_qwerty;
    stage->config.has_speech = has_speech;
    stage->config.dim_ms = dim_ms;
    stage->page.keyboard.arrangement = has_qwerty ? KEYBOARD_QWERTY : KEYBOARD_AZERTY;
    stage->is_changed = true;
}
