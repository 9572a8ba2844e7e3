package org.bursar.demo.internal;

import java.util.List;

/** Who the demo's customers are. Every name is made up, every address ends in {@code .example}. */
final class DemoCompanies {
    /** A company and the person who runs its account. */
    record Company(String name, String domain, String first, String last, String country, String city) {}

    static final List<Company> HARBORLIGHT = List.of(
            new Company("Acme Corporation", "acmecorp", "Jonas", "Berg", "US", "Portland"),
            new Company("Global Enterprises", "globalent", "Marta", "Silva", "US", "Austin"),
            new Company("Tidewater Dental Group", "tidewaterdental", "Ruth", "Okafor", "US", "Norfolk"),
            new Company("Fjord & Pine Hotels", "fjordpine", "Nils", "Aas", "NO", "Bergen"),
            new Company("Lumen Legal Partners", "lumenlegal", "Dana", "Whit", "US", "Boston"),
            new Company("Castell Motors", "castellmotors", "Pau", "Castell", "ES", "Girona"),
            new Company("Orchard Lane Realty", "orchardlane", "Priya", "Nair", "US", "Boise"),
            new Company("Meridian Freight", "meridianfreight", "Tom", "Adeyemi", "US", "Tulsa"),
            new Company("Saffron Kitchen Co.", "saffronkitchen", "Leila", "Haddad", "GB", "Leeds"),
            new Company("Northgate Academy", "northgate", "Owen", "Pryce", "GB", "Cardiff"),
            new Company("Pelican Insurance Brokers", "pelicanbrokers", "Amy", "Tran", "AU", "Perth"),
            new Company("Brookside Veterinary", "brooksidevet", "Elena", "Ruiz", "US", "Fargo"),
            new Company("Copperfield Plumbing", "copperfield", "Marcus", "Holt", "US", "Dayton"),
            new Company("Juniper Physio", "juniperphysio", "Ines", "Costa", "PT", "Porto"),
            new Company("Bluebird Travel", "bluebirdtravel", "Dean", "Whitfield", "GB", "Exeter"),
            new Company("Stonebridge Storage", "stonebridge", "Karl", "Lund", "SE", "Malmö"),
            new Company("Willow Creek Spa", "willowcreek", "Grace", "Kim", "US", "Sedona"),
            new Company("Atlas Roofing", "atlasroofing", "Hugo", "Maier", "DE", "Kassel"),
            new Company("Violet Street Books", "violetstreet", "Nora", "Quinn", "IE", "Cork"),
            new Company("Kestrel Couriers", "kestrel", "Sam", "Dlamini", "ZA", "Durban"),
            new Company("Harvest Table Catering", "harvesttable", "Julia", "Novak", "AT", "Graz"),
            new Company("Summit Outdoor", "summitoutdoor", "Reto", "Frei", "CH", "Chur"),
            new Company("Cedar & Sons Carpentry", "cedarsons", "Yusuf", "Cedar", "CA", "Guelph"),
            new Company("Pinnacle Fitness", "pinnaclefit", "Mia", "Larsen", "DK", "Odense"),
            new Company("Riverside Pharmacy", "riversiderx", "Chloe", "Martin", "FR", "Lyon"),
            new Company("Nimbus Weather Apps", "nimbusapps", "Arun", "Mehta", "IN", "Pune"),
            new Company("Sterling Accountants", "sterlingacc", "Fiona", "Reid", "GB", "Perth"),
            new Company("Maple Dental Care", "mapledental", "Liam", "Roy", "CA", "London"),
            new Company("Coral Bay Diving", "coralbay", "Tane", "Walker", "NZ", "Nelson"),
            new Company("Ironwood Security", "ironwood", "Petra", "Vogel", "DE", "Essen"),
            new Company("Sunfield Solar", "sunfield", "Diego", "Ramos", "ES", "Cádiz"),
            new Company("Linden Music School", "lindenmusic", "Clara", "Weiss", "DE", "Jena"),
            new Company("Opal Eye Clinic", "opaleye", "Hana", "Sato", "JP", "Kobe"),
            new Company("Granite State Movers", "granitemovers", "Ben", "Carter", "US", "Concord"),
            new Company("Fernhill Nursery", "fernhill", "Aoife", "Byrne", "IE", "Galway"),
            new Company("Quayside Seafood", "quayside", "Piet", "Visser", "NL", "Urk"),
            new Company("Aster Home Care", "astercare", "Lucia", "Ferri", "IT", "Parma"),
            new Company("Redwood Legal Aid", "redwoodaid", "Noah", "Stein", "US", "Eureka"));

    static final List<Company> NORTHBEAM = List.of(
            new Company("Alpenblick Hotels", "alpenblick", "Resi", "Huber", "AT", "Innsbruck"),
            new Company("Bakkerij De Molen", "demolen", "Joris", "Bakker", "NL", "Delft"),
            new Company("Clínica Vera", "clinicavera", "Ana", "Vera", "ES", "Murcia"),
            new Company("Dubois Avocats", "duboisavocats", "Luc", "Dubois", "FR", "Nantes"),
            new Company("Elbkontor Logistik", "elbkontor", "Heike", "Brandt", "DE", "Hamburg"),
            new Company("Forno Bellini", "fornobellini", "Gino", "Bellini", "IT", "Modena"),
            new Company("Gdańsk Marine Parts", "gdanskmarine", "Ola", "Nowak", "PL", "Gdańsk"),
            new Company("Helsinki Dental", "helsinkidental", "Aino", "Virta", "FI", "Helsinki"),
            new Company("Isar Immobilien", "isarimmo", "Timo", "Beck", "DE", "München"),
            new Company("Jutland Wind Service", "jutlandwind", "Bo", "Holm", "DK", "Esbjerg"),
            new Company("Kaffeehaus Stern", "kaffeestern", "Lena", "Stern", "AT", "Wien"),
            new Company("Lisboa Tours", "lisboatours", "Rui", "Lopes", "PT", "Lisboa"),
            new Company("Malta Yacht Charter", "maltayacht", "Maria", "Borg", "MT", "Sliema"),
            new Company("Nordlys Optik", "nordlysoptik", "Siri", "Dahl", "NO", "Tromsø"),
            new Company("Oslo Barnehage", "oslobarn", "Kari", "Moen", "NO", "Oslo"),
            new Company("Praha Autoservis", "prahaauto", "Jan", "Dvořák", "CZ", "Praha"),
            new Company("Quartier Fitness", "quartierfit", "Emma", "Roth", "CH", "Bern"),
            new Company("Riga Print House", "rigaprint", "Ilze", "Kalns", "LV", "Riga"),
            new Company("Salon Élise", "salonelise", "Élise", "Petit", "BE", "Namur"),
            new Company("Tallinn Cargo", "tallinncargo", "Mart", "Tamm", "EE", "Tallinn"));

    private DemoCompanies() {}
}
