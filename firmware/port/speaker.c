#include "firmware/port/speaker.h"

enum rc speaker_tone(struct speaker *speaker, int frequency_hz, int length_ms)
{
    if (frequency_hz < 100 || frequency_hz > 8000 || length_ms < 1 || length_ms > 2000)
        return RC_BAD_INPUT;
    return speaker->ops->tone(speaker, frequency_hz, length_ms);
}

void speaker_close(struct speaker *speaker)
{
    if (speaker)
        speaker->ops->close(speaker);
}
