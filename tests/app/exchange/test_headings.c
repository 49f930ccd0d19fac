#include "app/exchange/headings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "app/domain/person.h"

static void headings_are_known_in_three_languages(void **state)
{
    static const struct {
        const char *heading;
        int field;
    } rows[] = {
        {"N°", PERSON_NUMBER},
        {"numero", PERSON_NUMBER},
        {"Numéro de membre", PERSON_NUMBER},
        {"Lidnummer", PERSON_NUMBER},
        {"member_number", PERSON_NUMBER},
        {"id", PERSON_EXTERNAL_ID},
        {"External ID", PERSON_EXTERNAL_ID},
        {"PRÉNOM", PERSON_FIRST_NAME},
        {"Pre\xCC\x81nom", PERSON_FIRST_NAME},
        {"voornaam", PERSON_FIRST_NAME},
        {"first_name", PERSON_FIRST_NAME},
        {"Nom", PERSON_LAST_NAME},
        {"Nom de famille", PERSON_LAST_NAME},
        {"Achternaam", PERSON_LAST_NAME},
        {"Family name", PERSON_LAST_NAME},
        {"name", HEADING_WHOLE_NAME},
        {"Nom complet", HEADING_WHOLE_NAME},
        {"langue", PERSON_LANGUAGE},
        {"Taal", PERSON_LANGUAGE},
        {"lang", PERSON_LANGUAGE},
        {"Cercle", PERSON_CIRCLE},
        {"carte", HEADING_BADGE},
        {"Badge 2", HEADING_BADGE},
        {"barcode", HEADING_BADGE},
        {"Kaart", HEADING_BADGE},
        {"UID", HEADING_BADGE},
        {"E-mail", PERSON_EMAIL},
        {"Courriel", PERSON_EMAIL},
        {"mail", PERSON_EMAIL},
        {"téléphone", PERSON_PHONE},
        {"GSM", PERSON_PHONE},
        {"Membre depuis", PERSON_SINCE},
        {"Lid sinds", PERSON_SINCE},
        {"", HEADING_UNKNOWN},
        {" ", HEADING_UNKNOWN},
        {"badges", HEADING_UNKNOWN},
        {"remarque", HEADING_UNKNOWN},
        {"m", HEADING_UNKNOWN},
        {"2026", HEADING_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++)
        if (headings_find(rows[i].heading) != rows[i].field)
            fail_msg("%s: %d", rows[i].heading, headings_find(rows[i].heading));
    for (int i = 0; i < person_field_count; i++)
        assert_int_equal(headings_find(person_fields[i].name), i);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(headings_are_known_in_three_languages),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
