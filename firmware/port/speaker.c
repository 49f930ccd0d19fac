#include "firmware/port/speaker.h"

#include <string.h>

#include "firmware/base/utf8.h"

enum rc speaker_tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    if (frequency_hz < 100 || frequency_hz > 8000 || length_ms < 1 || length_ms > 2000)
        return RC_BAD_INPUT;
    return speaker->ops->tone ? speaker->ops->tone(speaker, frequency_hz, length_ms)
                              : RC_UNSUPPORTED;
}

enum rc speaker_set_volume(struct speaker *speaker, int percent)
{
    if (percent < 0 || percent > 100)
        return RC_BAD_INPUT;
    return speaker->ops->set_volume ? speaker->ops->set_volume(speaker, percent) : RC_UNSUPPORTED;
}

enum rc speaker_say(struct speaker *speaker, const char *text, const char *language_code)
{
    if (!text[0] || !utf8_is_valid(text, strlen(text)))
        return RC_BAD_INPUT;
    return speaker->ops->say ? speaker->ops->say(speaker, text, language_code) : RC_UNSUPPORTED;
}

void speaker_hush(struct speaker *speaker)
{
    if (speaker->ops->hush)
        speaker->ops->hush(speaker);
}

void speaker_close(struct speaker *speaker)
{
    if (speaker)
        speaker->ops->close(speaker);
}
