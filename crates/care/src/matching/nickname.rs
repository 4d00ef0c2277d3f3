//! table of data: the short and familiar forms of given names in use in Britain, so that "Bob" finds Robert and
//! "Liz" finds Elizabeth. A short form may stand for several names (Alex, Sam, Chris). Common knowledge, kept short
//! on purpose: a form is listed when it could not be guessed from spelling or sound.
//! Leaves out: names given in their own right that happen to be short.

use std::{collections::HashMap, sync::OnceLock};

/// The full forms that a folded given name may stand for, itself first.
pub fn formal(word: &str) -> Vec<&str> {
    let mut forms = vec![word];
    forms.extend(by_short().get(word).into_iter().flatten().copied());
    forms
}

/// Whether two folded given names may be one person's: one stands for the other, or both for a third.
pub fn alike(one: &str, other: &str) -> bool {
    let others = formal(other);
    formal(one).iter().any(|form| others.contains(form))
}

fn by_short() -> &'static HashMap<&'static str, Vec<&'static str>> {
    static BY_SHORT: OnceLock<HashMap<&'static str, Vec<&'static str>>> = OnceLock::new();
    BY_SHORT.get_or_init(|| {
        let mut by_short: HashMap<&str, Vec<&str>> = HashMap::new();
        for (full, shorts) in FORMS {
            for short in shorts.split(' ') {
                by_short.entry(short).or_default().push(full);
            }
        }
        by_short
    })
}

const FORMS: [(&str, &str); 181] = [
    ("AARON", "RON AZZA"),
    ("ABDUL", "ABDI ABZ"),
    ("ABIGAIL", "ABI ABBY ABBIE GAIL ABBI"),
    ("ABRAHAM", "ABE BRAM"),
    ("ADAM", "ADDY ADDIE"),
    ("ADELAIDE", "ADDIE ADA HEIDI"),
    ("ADRIAN", "ADE"),
    ("AGNES", "AGGIE NESSIE NANCY"),
    ("ALAN", "AL"),
    ("ALASTAIR", "AL ALY ALISTER"),
    ("ALBERT", "AL BERT BERTIE ALBIE"),
    ("ALEXANDER", "ALEX AL SANDY ALEC SASHA XANDER LEX ALEK ALI"),
    ("ALEXANDRA", "ALEX SANDRA SASHA LEXI LEXIE ALEXA SANDY ALI"),
    ("ALFRED", "ALF ALFIE FRED FREDDIE"),
    ("ALICE", "ALLIE ALI LALLY"),
    ("ALISON", "ALI ALLY ALLIE"),
    ("AMANDA", "MANDY AMY MANDA"),
    ("AMELIA", "AMY MILLIE MELIA EMMY MIA"),
    ("ANASTASIA", "ANNA STACEY STACY TASIA"),
    ("ANDREA", "ANDY ANDIE DREA"),
    ("ANDREW", "ANDY DREW ANDIE"),
    ("ANGELA", "ANGIE ANGE"),
    ("ANNE", "ANNIE NAN NANCY ANN ANNA"),
    ("ANNABELLE", "BELLE BELLA ANNA ANNIE"),
    ("ANTHONY", "TONY ANT ANTONY"),
    ("ANTOINETTE", "TONI NETTIE"),
    ("ARCHIBALD", "ARCHIE ARCH"),
    ("ARTHUR", "ART ARTIE"),
    ("BARBARA", "BARB BABS BARBIE"),
    ("BARNABY", "BARNEY BARN"),
    ("BARTHOLOMEW", "BART"),
    ("BEATRICE", "BEA TRIXIE BEATTIE BEATRIX"),
    ("BENJAMIN", "BEN BENNY BENJI BENJY"),
    ("BERNARD", "BERNIE BARNEY"),
    ("BERNADETTE", "BERNIE DETTA"),
    ("BRADLEY", "BRAD"),
    ("BRIDGET", "BRIDIE BIDDY BRIGID"),
    ("CAMERON", "CAM"),
    ("CAROLINE", "CAROL CARRIE CARO LINA CAROLYN"),
    ("CASSANDRA", "CASS CASSIE SANDRA"),
    ("CATHERINE", "CATHY KATE KATIE CAT CATH KATHY KAY KITTY KAT KATY KIT KATHERINE KATHRYN CATRIONA KATH KITTIE TRINA"),
    ("CECILIA", "CISSIE CELIA CECE"),
    ("CHARLES", "CHARLIE CHAS CHUCK CHARLEY CHAZ"),
    ("CHARLOTTE", "CHARLIE LOTTIE CHAR LOTTE TOTTIE CHARLEY LOTTY CHARL"),
    ("CHRISTINE", "CHRIS CHRISSIE TINA CHRISTINA CHRISSY KIRSTY"),
    ("CHRISTOPHER", "CHRIS KIT TOPHER KRIS CHRISTY"),
    ("CLEMENTINE", "CLEM CLEMMIE"),
    ("CONSTANCE", "CONNIE"),
    ("DANIEL", "DAN DANNY DANI"),
    ("DANIELLE", "DANI DANNI ELLE"),
    ("DAVID", "DAVE DAVEY DAI DAVIE TAFFY"),
    ("DEBORAH", "DEBBIE DEB DEBS DEBRA DEBBY"),
    ("DENNIS", "DEN DENNY"),
    ("DEREK", "DEL RICK"),
    ("DOMINIC", "DOM NICK NIC"),
    ("DONALD", "DON DONNIE"),
    ("DOROTHY", "DOT DOTTIE DOLLY DORA THEA"),
    ("DOUGLAS", "DOUG DOUGIE DUGGIE"),
    ("EDWARD", "ED EDDIE TED TEDDY NED EDDY WARD EWAN"),
    ("EDMUND", "ED EDDIE TED NED EDDY"),
    ("EDWIN", "ED EDDIE WIN"),
    ("ELEANOR", "ELLIE NELL NELLIE NORA ELLEN LENA ELLA ELLY"),
    ("ELIZABETH", "LIZ BETH LIZZIE BETTY ELIZA BETSY LIBBY ELSIE LISA BESS BESSIE BETTE ELISABETH LIBBIE LIZZY ELSPETH LILIBET ELLIE LILY"),
    ("EMILY", "EM EMMIE EMMY MILLY EMS"),
    ("EMMA", "EM EMMIE EMS EMMY"),
    ("ERIC", "RICK RICKY"),
    ("EUGENE", "GENE"),
    ("EVELYN", "EVE EVIE EVA LYN"),
    ("FLORENCE", "FLO FLOSSIE FLORRIE FLOSS"),
    ("FRANCES", "FRAN FRANNIE FANNY FRANKIE FRANCESCA FRANCINE CISSIE"),
    ("FRANCIS", "FRANK FRANKIE FRAN"),
    ("FREDERICK", "FRED FREDDIE FREDDY RICK FREDERIC"),
    ("GABRIEL", "GABE GABBY"),
    ("GABRIELLE", "GABBY GABI ELLE GABRIELLA"),
    ("GARETH", "GAZ GARY GAZZA GARRY"),
    ("GEOFFREY", "GEOFF JEFF JEFFREY"),
    ("GEORGE", "GEORGIE GEORDIE"),
    ("GEORGINA", "GEORGIE GINA GEORGIA GEORGIANA"),
    ("GERALD", "GERRY GED JERRY GERARD"),
    ("GILLIAN", "GILL JILL GILLY JILLY JILLIAN"),
    ("GRAHAM", "GRA GRAEME"),
    ("GREGORY", "GREG GREGG"),
    ("GWENDOLINE", "GWEN GWENNIE WENDY"),
    ("HAROLD", "HARRY HAL"),
    ("HARRIET", "HATTIE HATTY ETTA HARRY HARRI"),
    ("HELEN", "NELL NELLIE LENA ELLEN HELENA"),
    ("HENRY", "HARRY HAL HANK"),
    ("HERBERT", "BERT BERTIE HERB"),
    ("IMOGEN", "IMMY IMMIE"),
    ("ISAAC", "IKE ZAC ZACK"),
    ("ISABELLA", "BELLA IZZY ISABEL BELLE ISOBEL IZZIE ISABELLE TIBBY ISLA"),
    ("JACK", "JACKIE JACKY JAKE"),
    ("JACOB", "JAKE JAY COBY"),
    ("JACQUELINE", "JACKIE JACQUI JACKY"),
    ("JAMES", "JIM JIMMY JAMIE JEM JAY SEAMUS HAMISH JIMMIE JAYMES"),
    ("JANET", "JAN JENNY NETTA"),
    ("JASMINE", "JAZ JAS JAZZ YASMIN"),
    ("JENNIFER", "JEN JENNY JENNIE JENN JENNA"),
    ("JEREMY", "JEM JERRY JEZ"),
    ("JESSICA", "JESS JESSIE JESSE"),
    ("JOANNE", "JO JOANNA JOEY JOAN JOANIE JODIE"),
    ("JOHN", "JACK JOHNNY JON JACKIE JONNY IAN SEAN EVAN JOCK IAIN EUAN JONNIE JOHNNIE SHAUN"),
    ("JONATHAN", "JON JONNY NATHAN JONTY JOHNNY JONO"),
    ("JOSEPH", "JOE JOEY JO JOS"),
    ("JOSEPHINE", "JO JOSIE JOEY FIFI PHINE"),
    ("JOSHUA", "JOSH"),
    ("JUDITH", "JUDY JUDE JUDI"),
    ("KENNETH", "KEN KENNY"),
    ("KIMBERLEY", "KIM KIMMY KYM"),
    ("LAURENCE", "LARRY LAURIE LAZ LAWRENCE LAWRIE"),
    ("LEONARD", "LEN LENNY LEO"),
    ("LILIAN", "LIL LILY LILLY LILLIE"),
    ("LOUISE", "LOU LOUISA LULU"),
    ("LUCY", "LUCE LU LUCINDA LUCIA LULU"),
    ("MADELEINE", "MADDIE MADDY MADS"),
    ("MARGARET", "MAGGIE PEGGY MEG MARGE PEG DAISY GRETA MADGE MEGAN MAISIE RITA MARGO MARGOT MARGERY MARJORIE MAGS META"),
    ("MARIA", "RIA MIA"),
    ("MARTHA", "MATTIE MARTY PATTY"),
    ("MARY", "MOLLY POLLY MAY MAISIE MINNIE MAMIE MOLLIE MARIE MAUREEN MOIRA"),
    ("MATTHEW", "MATT MATTY MAT MATHEW"),
    ("MAXIMILIAN", "MAX MAXI"),
    ("MELANIE", "MEL LANIE"),
    ("MICHAEL", "MIKE MICK MICKEY MIKEY MICKY MITCH"),
    ("MICHELLE", "SHELLEY SHELL MICKY CHELLE SHELLY"),
    ("MOHAMMED", "MO MOHAMMAD MUHAMMAD MOHAMED MOHD MD MUHAMMED MOHAMMUD HAMMAD"),
    ("NATHANIEL", "NATHAN NAT NATE"),
    ("NATALIE", "NAT TALIA NATALIA NATTY"),
    ("NICHOLAS", "NICK NICKY NICO NICOLAS KLAUS COLIN"),
    ("NICOLA", "NICKY NIKKI NICKI NIC NICOLE COLETTE"),
    ("OLIVER", "OLLIE OLLY OLI NOLL"),
    ("OLIVIA", "LIV LIVVY OLLIE LIVIA LIVVIE"),
    ("PATRICIA", "PAT TRISH PATSY PATTI TRICIA PATTY TRISHA"),
    ("PATRICK", "PAT PADDY PADRAIG PATSY RICK"),
    ("PENELOPE", "PENNY PEN POPPY"),
    ("PETER", "PETE PETEY"),
    ("PHILIP", "PHIL PIP"),
    ("RACHEL", "RACH RAE RACHAEL SHELLEY"),
    ("RAYMOND", "RAY"),
    ("REBECCA", "BECKY BECCA BECKS BEX REBEKAH BECKIE"),
    ("RICHARD", "DICK RICK RICHIE RICKY RICH DICKIE DICKY RICKIE RITCHIE"),
    ("ROBERT", "BOB ROB BOBBY ROBBIE BERT ROBIN RAB ROBBY BOBBIE RABBIE"),
    ("RONALD", "RON RONNIE RONNY"),
    ("ROSEMARY", "ROSE ROSIE ROMY ROSEMARIE"),
    ("ROXANNE", "ROX ROXY ROXIE"),
    ("RUPERT", "RU"),
    ("SALLY", "SAL"),
    ("SAMANTHA", "SAM SAMMY SAMMIE"),
    ("SAMUEL", "SAM SAMMY SAMMIE"),
    ("SARAH", "SALLY SADIE SARA SAZ"),
    ("SEBASTIAN", "SEB BASTIAN"),
    ("SIDNEY", "SID SYDNEY SYD"),
    ("SIMON", "SI SY"),
    ("SOPHIE", "SOPH SOPHIA SOFIA"),
    ("STANLEY", "STAN"),
    ("STEPHANIE", "STEPH STEFFI STEVIE"),
    ("STEPHEN", "STEVE STEVIE STEVEN STE"),
    ("STUART", "STU STEW STEWART"),
    ("SUSAN", "SUE SUSIE SUZIE SUZANNE SUZY SUKI SUSANNAH SUKEY SUSANNA"),
    ("SYLVIA", "SYL SYLVIE"),
    ("TABITHA", "TABBY"),
    ("TAMARA", "TAMMY TAMMIE"),
    ("TERENCE", "TERRY TEL"),
    ("THEODORE", "THEO TED TEDDY TEDDIE"),
    ("THERESA", "TERRY TESS TERESA TRACY TESSA TERRI REZA TRACEY"),
    ("THOMAS", "TOM TOMMY THOM TAM TOMMIE"),
    ("TIMOTHY", "TIM TIMMY"),
    ("TOBIAS", "TOBY"),
    ("VALERIE", "VAL"),
    ("VANESSA", "NESSA NESS"),
    ("VERONICA", "RON RONNIE VERA"),
    ("VICTOR", "VIC"),
    ("VICTORIA", "VICKY TORI VIC VICKI VICKIE TORIE TORY VIKKI"),
    ("VINCENT", "VIN VINNIE VINCE VINNY"),
    ("VIRGINIA", "GINNY GINNIE GINA"),
    ("VIVIEN", "VIV VIVIAN VIVIENNE"),
    ("WALTER", "WALT WALLY WAT"),
    ("WILFRED", "WILF WILL FRED WILFIE"),
    ("WILLIAM", "BILL WILL BILLY LIAM WILLIE WILLY BILLIE WILLS GWILYM"),
    ("WINIFRED", "WIN WINNIE FREDA FREDDIE"),
    ("YVONNE", "VON"),
    ("ZACHARY", "ZAC ZACK ZAK ZACH ZACHARIAH"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_short_forms() {
        for (one, other) in [
            ("BOB", "ROBERT"),
            ("BOBBY", "ROB"),
            ("LIZ", "BETH"),
            ("ALEX", "ALEXANDRA"),
            ("ALEX", "ALEXANDER"),
            ("JACK", "JOHN"),
            ("TED", "EDWARD"),
            ("PEGGY", "MARGARET"),
            ("TIA", "TIA"),
            ("MO", "MUHAMMAD"),
            ("WILL", "BILL"),
        ] {
            assert!(alike(one, other), "{one} {other}");
            assert!(alike(other, one), "{other} {one}");
        }
        for (one, other) in [("BOB", "JOHN"), ("ALEXANDER", "ALEXANDRA"), ("TIA", "MIA")] {
            assert!(!alike(one, other), "{one} {other}");
        }
        assert_eq!(formal("TIA"), ["TIA"]);
        assert_eq!(formal("BOB"), ["BOB", "ROBERT"]);
    }

    #[test]
    fn each_full_form_stands_once() {
        let mut names: Vec<_> = FORMS.iter().map(|(full, _)| *full).collect();
        names.sort_unstable();
        let all = names.len();
        names.dedup();
        assert_eq!(names.len(), all);
    }
}
