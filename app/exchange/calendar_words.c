/* calendar_words.c - what people call things in their calendars, in three languages. */
#include "app/exchange/calendar_i.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "firmware/base/utf8.h"

/* Each kind's words, folded; where two begin at the same place the longer one counts. */
static const struct {
    enum occasion_kind kind;
    const char *words[20];
} kinds[] = {
    {OCCASION_OPEN_DAY,
     {"open day", "open days", "open house", "portes ouvertes", "porte ouverte", "opendeurdag",
      "opendeurdagen", "opendeur", "open deur"}},
    {OCCASION_SHIFT,
     {"shift", "shifts", "permanence", "permanences", "dienst", "diensten", "permanentie",
      "permanenties", "creneau", "creneaux", "benevolat", "vrijwilligerswerk", "winkeldienst"}},
    {OCCASION_DRINKS,
     {"drinks", "drink", "apero", "aperos", "aperitif", "aperitief", "borrel", "vrijwilligersdrink",
      "verre", "receptie"}},
    {OCCASION_ASSEMBLY,
     {"assembly", "general assembly", "general meeting", "assemblee", "assemblee generale",
      "assemblees generales", "ag", "algemene vergadering", "ledenvergadering"}},
    {OCCASION_INFO,
     {"info session", "info sessions", "infosession", "information session", "seance d info",
      "seances d info", "seance info", "seance d information", "reunion d information",
      "infosessie", "infosessies", "info sessie", "informatiesessie", "infoavond", "infomoment"}},
    {OCCASION_AGORA, {"agora"}},
    {OCCASION_BASKET,
     {"basket pick up", "basket pickup", "basket", "baskets", "panier", "paniers", "groentepakket",
      "groentepakketten", "groentemand", "groentemanden", "pakketten", "afhaalmoment", "veg box",
      "veg boxes"}},
    {OCCASION_WORKSHOP,
     {"workshop", "workshops", "atelier", "ateliers", "formation", "formations", "training",
      "vorming", "opleiding", "cursus"}},
};

static const char *const places[] = {
    "place",    "places",    "plaats",    "plaatsen",   "personne",     "personnes",
    "persoon",  "personen",  "person",    "people",     "persons",      "pers",
    "benevole", "benevoles", "volunteer", "volunteers", "vrijwilliger", "vrijwilligers",
};

void calendar_fold(const char *text, char *out_folded, size_t size)
{
    char folded[512];
    size_t used = 0;
    utf8_fold(text, folded, sizeof folded);
    out_folded[used++] = ' ';
    for (const char *at = folded; *at && used + 2 < size; at++) {
        bool is_letter = isalnum((unsigned char)*at) || (unsigned char)*at >= 0x80;
        if (is_letter)
            out_folded[used++] = *at;
        else if (out_folded[used - 1] != ' ')
            out_folded[used++] = ' ';
    }
    if (out_folded[used - 1] != ' ')
        out_folded[used++] = ' ';
    out_folded[used] = 0;
}

/* Where the word stands in the folded text, as a word of its own; NULL. */
static const char *find_word(const char *folded, const char *word)
{
    size_t length = strlen(word);
    for (const char *at = strstr(folded, word); at; at = strstr(at + 1, word))
        if (at > folded && at[-1] == ' ' && at[length] == ' ')
            return at;
    return NULL;
}

enum occasion_kind calendar_find_kind(const char *text)
{
    char folded[512];
    const char *best = NULL;
    size_t best_length = 0;
    enum occasion_kind kind = OCCASION_COUNT;
    calendar_fold(text, folded, sizeof folded);
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        for (const char *const *word = kinds[i].words; *word; word++) {
            const char *at = find_word(folded, *word);
            if (!at || (best && (at > best || (at == best && strlen(*word) <= best_length))))
                continue;
            best = at;
            best_length = strlen(*word);
            kind = kinds[i].kind;
        }
    }
    return kind;
}

bool calendar_is_places(const char *folded)
{
    for (size_t i = 0; i < sizeof places / sizeof places[0]; i++) {
        const char *at = find_word(folded, places[i]);
        if (at && at == folded + 1 && !at[strlen(places[i]) + 1])
            return true;
    }
    return false;
}

const char *calendar_read_clock(const char *text, int *out_min)
{
    size_t digits = strspn(text, "0123456789");
    if (digits < 1 || digits > 2)
        return NULL;
    int hour = atoi(text), minute = 0;
    text += digits;
    if (!*text || !strchr(":hHu.", *text))
        return NULL;
    bool is_minute_needed = *text == ':' || *text == '.';
    text++;
    digits = strspn(text, "0123456789");
    if (digits > 2 || digits == 1 || (is_minute_needed && !digits))
        return NULL;
    minute = digits ? atoi(text) : 0;
    if (hour > 24 || minute > 59 || (hour == 24 && minute > 0))
        return NULL;
    *out_min = hour * 60 + minute;
    return text + digits;
}
