/* What people in Brussels are called. */
#include <stdio.h>

#include "app/demo/demo_i.h"

#define NAMES 20

/* Where first and last names are at home, and which of three languages their people speak. */
static const struct community {
    int weight;
    int french_per_mille, dutch_per_mille; /* the others: English */
    const char *first[NAMES], *last[NAMES];
} communities[] = {
    {30,
     930,
     30,
     {"Zoé",       "Jean-Baptiste", "Hélène",  "Benoît",  "Noémie",    "Étienne", "Chloé",
      "François",  "Anne-Sophie",   "Loïc",    "Margaux", "Gaël",      "Maëlle",  "Rémi",
      "Françoise", "Théo",          "Camille", "Luc",     "Véronique", "Élise"},
     {"Dubois",   "Lefèvre",   "Delacroix", "Noël",   "Lambert-Gillard", "d'Hoop", "Dumont",
      "Hérion",   "Collignon", "Piérard",   "Renard", "Mathieu",         "Wéry",   "de Brouwer",
      "Vandamme", "Leclercq",  "Goffin",    "Bodart", "Stiévenart",      "Thiry"}},
    {20,
     60,
     890,
     {"Anneleen", "Joris",  "Lotte",      "Wout",  "Griet", "Jef",      "Marie-Louise",
      "Daan",     "Veerle", "Pieter-Jan", "Saar",  "Bram",  "Liesbeth", "Koen",
      "Noor",     "Stijn",  "An",         "Ruben", "Tine",  "Seppe"},
     {"Van den Broeck", "'t Kint",  "De Smet",      "Peeters",      "Van der Elst",
      "D'hondt",        "Claes",    "Vandenberghe", "De Clercq",    "Mertens",
      "'s Jongers",     "Van Hoof", "Verhaegen",    "Maes-Wouters", "de Ridder",
      "Van de Velde",   "Baert",    "Goossens",     "Uyttenhove",   "Vermeulen"}},
    {18,
     880,
     80,
     {"Fatima", "Youssef", "Khadija", "Mohamed",  "Naïma", "Bilal", "Saïda",
      "Hamza",  "Imane",   "Rachid",  "Yasmina",  "Anas",  "Hafsa", "Ilyas",
      "Loubna", "Zakaria", "Meryem",  "Soufiane", "Siham", "Taha"},
     {"El Amrani", "Benali",      "Aït Ouarab", "El Idrissi", "Bouzid",   "Chaoui", "Haddad",
      "Ben Saïd",  "El Khattabi", "Amghar",     "Tahiri",     "Ouali",    "Ziani",  "El Fassi",
      "Boukhari",  "Lahlou",      "Mansouri",   "Azzouzi",    "Belkacem", "Aarab"}},
    {8,
     760,
     140,
     {"Mehmet", "Ayşe",  "Emre",  "Zeynep",  "Hüseyin", "Elif",  "Mustafa",
      "Gülşen", "Cem",   "Özlem", "İbrahim", "Fatma",   "Burak", "Sevgi",
      "Ömer",   "Derya", "Kaan",  "Nur",     "Serkan",  "Ebru"},
     {"Yıldız",  "Kaya",  "Öztürk", "Çelik",  "Şahin", "Demir",   "Aydın",
      "Koç",     "Güneş", "Doğan",  "Arslan", "Kılıç", "Erdoğan", "Çetin",
      "Özdemir", "Polat", "Aksoy",  "Uçar",   "Tekin", "Bulut"}},
    {9,
     900,
     20,
     {"Jean-Bosco", "Grâce",  "Dieudonné", "Béatrice", "Patrice",  "Espérance", "Christian",
      "Nathalie",   "Gédéon", "Mireille",  "Trésor",   "Clarisse", "Héritier",  "Joséphine",
      "Fiston",     "Bijou",  "Pascal",    "Rachel",   "Cédric",   "Divine"},
     {"Mukendi Kalonji", "Ilunga",    "Mbuyi",   "Kabongo", "Tshibangu", "Lukusa", "Nzuzi",
      "Kasongo",         "Makiese",   "Ngoy",    "Mutombo", "Bofenda",   "Kabeya", "Mpoyi",
      "Lokwa",           "Tshimanga", "Matondo", "Ndaya",   "Kalala",    "Bolamba"}},
    {6,
     700,
     50,
     {"João",  "Inês",  "Gonçalo", "Conceição", "Rui",   "Beatriz", "Tomás",
      "Lúcia", "Nuno",  "Mariana", "Luís",      "Graça", "Diogo",   "Sílvia",
      "Paulo", "Joana", "Vítor",   "Teresa",    "André", "Catarina"},
     {"da Silva", "Gonçalves", "dos Santos", "Araújo",        "Ferrão",    "Magalhães", "Lourenço",
      "de Sousa", "Simões",    "Brandão",    "Pinto-Correia", "Guimarães", "Falcão",    "Matias",
      "Nóbrega",  "Teixeira",  "Leitão",     "Queirós",       "Barros",    "Vaz"}},
    {9,
     150,
     40,
     {"Siobhán",   "Oliver",  "Emma",       "Callum", "Aoife",   "Harry",  "Niamh",
      "George",    "Eleanor", "Owen",       "Ada",    "Jack",    "Imogen", "Rhys",
      "Katarzyna", "Giulia",  "Hans-Peter", "Sofía",  "Andreea", "Björn"},
     {"O'Neill",    "Smith-Jones", "MacLeod",    "Taylor", "Okonkwo", "Walsh",        "Hughes",
      "Ní Bhriain", "Brown",       "Kowalska",   "Rossi",  "Müller",  "García Pérez", "Popescu",
      "Lindström",  "Wright",      "Fitzgerald", "Patel",  "Nowak",   "Kelly"}},
};
static const int community_count = sizeof communities / sizeof communities[0];

static const struct community *choose(struct demo_chance *chance)
{
    int all = 0, at = 0;
    for (int i = 0; i < community_count; i++)
        all += communities[i].weight;
    int left = demo_chance_below(chance, all);
    while (left >= communities[at].weight)
        left -= communities[at++].weight;
    return &communities[at];
}

static const char *choose_language(struct demo_chance *chance, const struct community *from)
{
    int drawn = demo_chance_below(chance, 1000);
    if (drawn < from->french_per_mille)
        return "fr";
    return drawn < from->french_per_mille + from->dutch_per_mille ? "nl" : "en";
}

/* Common names are common: of two draws the smaller counts, so there are homonyms. */
static int choose_place(struct demo_chance *chance)
{
    int a = demo_chance_below(chance, NAMES), b = demo_chance_below(chance, NAMES);
    return a < b ? a : b;
}

/* Families mix; where a name of each side is kept there are two. */
void demo_names_choose(struct demo_chance *chance, struct person *out_person)
{
    const struct community *first = choose(chance);
    const struct community *last = demo_chance_is(chance, 850) ? first : choose(chance);
    const struct community *other = choose(chance);
    bool is_double = demo_chance_is(chance, 70);
    snprintf(out_person->first_name, sizeof out_person->first_name, "%s",
             first->first[choose_place(chance)]);
    const char *name = last->last[choose_place(chance)];
    const char *second = other->last[choose_place(chance)];
    snprintf(out_person->last_name, sizeof out_person->last_name, is_double ? "%s-%s" : "%s", name,
             second);
    snprintf(out_person->language, sizeof out_person->language, "%s",
             choose_language(chance, last));
}
