#include "app/exchange/headings.h"

#include <ctype.h>
#include <string.h>

#include "app/domain/person.h"
#include "firmware/base/utf8.h"

/* Each row's words, folded, between spaces. */
struct heading {
    int field;
    const char *words;
};

static const struct heading headings[] = {
    {PERSON_NUMBER, " n no nr num numero numerodemembre numeromembre nmembre nodemembre nomembre "
                    "matricule nummer lidnummer lidnr stamnummer number membernumber memberno "
                    "membernr memberid ref reference "},
    {PERSON_EXTERNAL_ID,
     " id externalid externalidentifier idexterne identifiantexterne externeid xmlid "},
    {PERSON_FIRST_NAME, " prenom prenoms voornaam voornamen roepnaam firstname givenname forename "
                        "first "},
    {PERSON_LAST_NAME, " nom nomdefamille nomfamille naam achternaam familienaam lastname surname "
                       "familyname last "},
    {HEADING_WHOLE_NAME, " name fullname displayname nomcomplet prenometnom prenomnom "
                         "volledigenaam voornaamennaam voornaamnaam completename "},
    {PERSON_LANGUAGE, " langue lang taal language languepreferee preferredlanguage voorkeurtaal "
                      "voorkeurstaal "},
    {PERSON_CIRCLE, " cercle cirkel kring circle "},
    {HEADING_BADGE, " badge carte kaart card uid rfid nfc tag puce barcode codebarre codebarres "
                    "streepjescode badgeid badgeuid badgenumber badgenummer badgenr numerobadge "
                    "numerodebadge cardid cardnumber numerocarte numerodecarte kaartnummer "},
    {PERSON_EMAIL, " email mail mel courriel adressemail adresseemail adressecourriel emailadres "
                   "emailaddress mailadres "},
    {PERSON_PHONE, " telephone tel phone gsm mobile mobiel portable telefoon telefoonnummer "
                   "phonenumber mobilephone telephonemobile numerodetelephone "},
    {PERSON_SINCE, " membredepuis lidsinds membersince since depuis sinds dateadhesion "
                   "datedadhesion joindate joined joinedon aangeslotenop "},
    {PERSON_COLLEGE, " college categorie categorievote kiescollege categorielid votinggroup "},
    {PERSON_SHARES, " parts nombredeparts nbparts aandelen aantalaandelen shares sharecount "},
    {PERSON_PAUSED_UNTIL, " pauseuntil pausedu pausejusquau enpausejusquau pauzetot pauseduntil "},
    {PERSON_PRIVATE_HOURS, " privatehours heuresprivees heuresdiscretes privateuren "},
    {PERSON_BASKET, " panier paniers panierlegumes panierdelegumes basket mand mandje pakket "
                    "groentemand groentepakket taillepanier taillepaniers taillesdespaniers "
                    "taillesdepanier taillesdepaniers tailledupanier tailledepanier basketsize "
                    "pakketmaat mandmaat "},
    {PERSON_BASKET_PAUSES, " basketpauses pausespanier pausepanier suspensionpanier "
                           "suspensionspanier pausesdupanier pakketpauzes mandpauzes "},
    {PERSON_BASKET_FETCHERS, " basketfetchers retraitpanier retraitdupanier pakketafhalers "
                             "mandafhalers basketcollectors "},
    {PERSON_DISCREET,
     " discreet discret discrete accueildiscret discreetbegroet sansnom zondernaam "},
    {PERSON_LINE, " line aboutme presentation phrase zin overmij voorstelling "},
};

static const struct heading of_baskets[] = {
    {HEADING_SIZE, " taille format formule size maat grootte formaat "},
    {PERSON_BASKET_PAUSES, " pause pauses suspension suspensions absence absences onderbreking "
                           "onderbrekingen pauze pauzes afwezig afwezigheid "},
    {PERSON_BASKET_FETCHERS, " retrait retraits retraitpar retirepar quipeutretirer quiretire "
                             "mandataire mandataires afhaler afhalers afhaling afgehaalddoor "
                             "wiehaaltaf wiemagafhalen fetcher fetchers fetchedby mayfetch "
                             "collector collectors collectedby pickup pickedupby "},
};

void headings_fold(const char *heading, char *out_folded, size_t size)
{
    char folded[96];
    size_t used = 0;
    utf8_fold(heading, folded, sizeof folded);
    for (const char *at = folded; *at && used + 1 < size; at++)
        if (isalnum((unsigned char)*at))
            out_folded[used++] = *at;
    /* "Badge 2" is a badge too; a heading of digits alone stays what it is. */
    size_t letters = used;
    while (letters > 0 && isdigit((unsigned char)out_folded[letters - 1]))
        letters--;
    out_folded[letters ? letters : used] = 0;
}

static int find(const struct heading *rows, size_t count, const char *heading)
{
    char word[98] = " ";
    headings_fold(heading, word + 1, sizeof word - 2);
    if (!word[1])
        return HEADING_UNKNOWN;
    strcat(word, " ");
    for (size_t i = 0; i < count; i++)
        if (strstr(rows[i].words, word))
            return rows[i].field;
    return HEADING_UNKNOWN;
}

int headings_find(const char *heading)
{
    return find(headings, sizeof headings / sizeof headings[0], heading);
}

int headings_find_of_basket(const char *heading)
{
    int field = find(of_baskets, sizeof of_baskets / sizeof of_baskets[0], heading);
    return field == HEADING_UNKNOWN ? headings_find(heading) : field;
}
