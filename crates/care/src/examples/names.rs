//! Names and streets of the invented borough (table of data). They are common words and names of many tongues put
//! together by chance; no family is meant.

pub const GIRLS: &[&str] = &[
    "Aaliyah", "Abena", "Ada", "Aisha", "Alma", "Amara", "Amelia", "Anjali", "Anwen", "Ava", "Beatrix", "Bethan", "Bronte", "Camila", "Carys", "Chidi", "Daisy", "Dalia", "Edie",
    "Eleni", "Ellie", "Elsie", "Erin", "Esme", "Fatima", "Fern", "Flora", "Freya", "Gaia", "Grace", "Hafsa", "Hana", "Harriet", "Hazel", "Ida", "Imani", "Ines", "Iris", "Isla", "Ivy",
    "Jana", "Jasmine", "Juno", "Kasia", "Keira", "Laila", "Leila", "Lena", "Lily", "Lola", "Maeve", "Mali", "Maya", "Mei", "Mina", "Nadia", "Nia", "Noor", "Olena", "Orla", "Pearl",
    "Poppy", "Priya", "Rhian", "Rosa", "Ruby", "Safiya", "Sana", "Sasha", "Sienna", "Sofia", "Tala", "Thea", "Uma", "Vera", "Willow", "Yasmin", "Yara", "Zara", "Zofia",
];
pub const BOYS: &[&str] = &[
    "Adam", "Aidan", "Alfie", "Amir", "Anton", "Arlo", "Arthur", "Asher", "Ayaan", "Ben", "Bilal", "Bryn", "Caleb", "Callum", "Cosmo", "Dara", "Dewi", "Dylan", "Eben", "Eddie", "Elis",
    "Emil", "Ezra", "Faisal", "Felix", "Finn", "Frank", "Gethin", "Hamza", "Harri", "Hassan", "Hugo", "Ibrahim", "Idris", "Imran", "Isaac", "Ivan", "Jack", "Jakub", "Jarek", "Jonah",
    "Jude", "Kai", "Karim", "Kofi", "Kwame", "Leo", "Levi", "Liam", "Luca", "Malik", "Marek", "Mateo", "Max", "Milo", "Nabil", "Noah", "Olek", "Omar", "Oscar", "Otis", "Piotr", "Rafi",
    "Reuben", "Rhys", "Rory", "Rowan", "Samir", "Seth", "Sonny", "Tariq", "Teo", "Theo", "Tomas", "Tyler", "Umar", "Victor", "Yusuf", "Zac", "Zane",
];
pub const SURNAMES: &[&str] = &[
    "Abara", "Adeyemi-Hart", "Ainscough", "Alderwick", "Amadi", "Ashdown", "Attah", "Baines", "Bankole", "Barrowclough", "Begum", "Birtwell", "Bialek", "Blackmoor", "Bramhall", "Brindle",
    "Brook", "Calloway", "Chaudry", "Clegg", "Corrigan", "Cragg", "Czarny", "Dacre", "Dhillon", "Dobrev", "Dunmore", "Eastwood", "Edge", "Ellwood", "Emmett", "Fairclough", "Farrow", "Fenwick",
    "Fielding", "Gadsby", "Garside", "Ghalib", "Gill", "Greaves", "Grimshaw", "Haddad", "Halewood", "Hartley", "Hassan", "Hesketh", "Holroyd", "Hussain", "Iqbal", "Ingham", "Jablonski",
    "Jagger", "Jalloh", "Kaur", "Kerr", "Khatun", "Kilner", "Kowal", "Lachlan", "Lamb", "Larkin", "Lever", "Lomax", "Lund", "Mahmood", "Marsh", "Mbeki-Stone", "Mellor", "Mensah", "Moss",
    "Nair", "Naylor", "Ndlovu", "Novak", "Nuttall", "Oakes", "Obi", "Odell", "Okafor", "Osei", "Padgett", "Parveen", "Patel", "Pickles", "Pike", "Plumb", "Quayle", "Quill", "Rahman", "Rawal",
    "Redfern", "Rigby", "Rosen", "Rushton", "Sadiq", "Sagar", "Sandhu", "Scholes", "Shaw", "Sheikh", "Sidhu", "Skinner", "Slater", "Sobol", "Stirling", "Strand", "Suleiman", "Sykes", "Tait",
    "Tanner", "Tempest", "Thorne", "Tolland", "Turay", "Uddin", "Underhill", "Vance", "Varga", "Vickers", "Wadsworth", "Walmsley", "Waterhouse", "Whalley", "Wick", "Winder", "Wojcik", "Wolfe",
    "Wren", "Yates", "Yeboah", "York", "Zaman", "Zelenko",
];
pub const STREETS: &[&str] = &[
    "Alder Row", "Back Mill Lane", "Bellfield Road", "Canal Street", "Chapel Fold", "Copperas Hill", "Cotton Yard", "Dyehouse Lane", "Eastbrook Road", "Ferry Lane", "Foundry Street", "Gasworks Road",
    "Gorse Avenue", "Hawthorn Close", "Heron Way", "Inkerman Terrace", "Jubilee Crescent", "Kiln Bank", "Larch Grove", "Lock Keepers Walk", "Market Street", "Millhaven Road", "Nightingale Rise",
    "Orchard Court", "Park Parade", "Quarry Hill", "Ropewalk", "Saddlers Yard", "School Lane", "Tanpits Road", "Tenter Croft", "Union Street", "Viaduct Road", "Weavers Fold", "Wharf Road", "Windmill Lane",
];
