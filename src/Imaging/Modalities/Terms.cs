namespace Gateway.Imaging.Modalities;

/// <summary>
/// What the words of a header mean: the one place to add a hospital's own. A line a language: English, German, French, Spanish, Italian,
/// Portuguese, Dutch; of the head and of contrast also Latin, Polish, Czech, the Scandinavian ones, Turkish, Russian, Japanese, Chinese
/// and Korean; then the abbreviations of scanners. A language that names the head here must name and deny an agent in
/// <see cref="ContrastTerms"/>. <see cref="FoldedText"/> says how they are compared: case, accents and the way an umlaut is written do
/// not matter, and only whole words count.
/// </summary>
public static class Terms
{
    /// <summary>The head, or what covers the brain.</summary>
    public static TermList Head { get; } = new(
        "head, heads, brain, skull, cranium, cranial, cranio, intracranial, craniocerebral, craniofacial, cerebral, cerebrum, "
        + "cerebellum, encephalon, neuro, neurocranium, calvarium, posterior fossa, head neck, headneck, headseq, headroutine, "
        + "headspi, headct, brainct, headbrain, whole brain",
        "Kopf, Schädel, Hirn, Gehirn, Schädelhirn, Hirnschädel, Gehirnschädel, Schädelbasis, Schädelhirntrauma, "
        + "Schädelkalotte, Großhirn, Kleinhirn, Hirnstamm, Neurokranium, Kranium, kranial, kraniell, zerebral, Zerebrum, "
        + "Enzephalon, CCT, KopfCT, KopfMR, SchädelCT, SchädelMR, SchädelMRT",
        "tête, crâne, crânien, crânienne, cérébral, cérébrale, cerveau, cervelet, encéphale, encéphalique, craniocérébrale, "
        + "crânioencéphalique",
        "cabeza, cráneo, craneal, cerebro, cerebral, cerebelo, encéfalo, encefálico, craneoencefálico, craneoencefálica, "
        + "cráneo encefálico",
        "testa, capo, cranio, cranico, cranica, cervello, cerebrale, encefalo, encefalico, cranioencefalico, cranioencefalica",
        "cabeça, crânio, craniano, cérebro, encéfalo, cranioencefálico",
        "hoofd, hersenen, hersen, brein, schedel, hoofdhals, cerebrum",
        "caput, cerebri, cranii",
        "głowa, głowy, głowę, mózg, mózgu, mózgowie, mózgowia, czaszka, czaszki",
        "hlava, hlavy, mozek, mozku, lebka, lebky",
        "huvud, huvudet, hjärna, hjärnan, skalle, skallen, hoved, hovedet, hode, hodet, hjerne, hjernen, kranie, kraniet",
        "beyin, kafa, kafatası, kranyal",
        "голова, головы, голову, мозг, мозга, череп, черепа, ГМ, голови, мозок, мозку",
        "頭部, 頭蓋, 頭頸, 頭頚, 脳, 頭CT, 頭MRI",
        "头部, 头颅, 頭顱, 头颈, 颅, 顱, 脑, 腦, 头CT, 头MRI",
        "뇌, 머리, 두부, 두개골, 두개내, 두경부");

    /// <summary>Names of the head that name something else.</summary>
    public static TermList NoHead { get; } = new(
        "cranio caudal, head first, head coil, head neck coil, head holder, head support, head rest, head ache, BrainLAB, brain lab, "
        + "neuro navigation, neuro lab, femoral head, humeral head, radial head, head of femur, head of humerus, "
        + "pancreatic head, head of pancreas, neuro stimulator",
        "kranio kaudal, Kopfspule, Kopf zuerst, Hüftkopf",
        "caput femoris, caput humeri, caput radii, caput pancreatis",
        "спинной мозг, спинного мозга, костный мозг, костного мозга, спинний мозок, спинного мозку",
        "骨頭部, 骨头部, 膵頭部, 胰头部, 胰頭部, 乳頭部, 乳头部");

    /// <summary>Parts of the body that are no head.</summary>
    public static TermList OtherPart { get; } = new(
        "neck, spine, cspine, tspine, lspine, c spine, t spine, l spine, cervical, thoracic, lumbar, sacrum, sacral, coccyx, "
        + "vertebra, chest, thorax, lung, lungs, heart, cardiac, breast, breasts, abdomen, abdominal, abd, pelvis, pelvic, "
        + "liver, kidney, kidneys, pancreas, spleen, prostate, uterus, bladder, colon, aorta, aortic, carotid, larynx, thyroid, "
        + "shoulder, clavicle, elbow, forearm, wrist, hand, hip, thigh, femur, femoral, knee, ankle, foot, leg, extremity, "
        + "humerus, humeral, tibia, whole body, wholebody, trunk, si joint, tlspine, ctspine",
        "Hals, HWS, BWS, LWS, Wirbelsäule, Halswirbelsäule, Brustwirbelsäule, Lendenwirbelsäule, Brust, Lunge, Herz, Bauch, "
        + "Oberbauch, Unterbauch, Becken, Leber, Niere, Nieren, Prostata, Schulter, Ellenbogen, Handgelenk, Hüfte, Oberschenkel, "
        + "Knie, Sprunggelenk, Fuß, Unterschenkel, Ganzkörper, Kreuzbein, Kehlkopf, Schilddrüse, Mamma",
        "cou, rachis, rachis cervical, colonne, poumon, coeur, foie, reins, bassin, épaule, coude, poignet, "
        + "hanche, genou, cheville, pied, cuisse, jambe, lombaire, thoracique, pelvien, corps entier",
        "cuello, columna, tórax, pulmón, corazón, mama, hígado, riñón, hombro, codo, muñeca, mano, cadera, rodilla, tobillo, "
        + "muslo",
        "collo, colonna, rachide, torace, polmone, cuore, mammella, addome, fegato, rene, bacino, spalla, gomito, polso, anca, "
        + "ginocchio, caviglia, piede",
        "pescoço, coluna, pulmão, coração, fígado, ombro, cotovelo, punho, quadril, joelho, tornozelo, pelve, abdome, bacia",
        "nek, hals, wervelkolom, borst, borstkas, longen, buik, lever, nier, bekken, schouder, elleboog, pols, heup, "
        + "enkel, voet, CWK, TWK, LWK",
        "columna, collum",
        "szyja, szyi, kręgosłup, kręgosłupa, klatka piersiowa, klatki piersiowej, brzuch, brzucha, jama brzuszna, "
        + "jamy brzusznej, miednica, płuca",
        "krk, krku, páteř, páteře, hrudník, hrudníku, břicho, břicha, pánev, pánve, plíce",
        "halsrygg, bröstrygg, ländrygg, rygg, ryggrad, bröst, buk, bäcken, bækken, lungor, lunger, bryst",
        "boyun, toraks, batın, omurga, akciğer, göğüs",
        "шея, шеи, грудь, груди, грудная клетка, грудной клетки, ОГК, живот, живота, брюшная полость, брюшной полости, таз, таза, "
        + "позвоночник, позвоночника, шейный отдел, лёгкие, лёгких, спинной мозг, спинного мозга",
        "頸部, 頚部, 頸椎, 頚椎, 胸部, 腹部, 骨盤, 腰椎, 脊椎, 心臓, 肺, 肝臓, 喉頭, 咽頭",
        "颈部, 颈椎, 盆腔, 骨盆, 脊柱, 心脏, 心臟, 肝",
        "경추, 척추, 흉부, 복부, 요추, 골반, 폐, 심장");

    /// <summary>A Body Part Examined that says nothing.</summary>
    public static TermList NoPart { get; } = new(
        "unknown, other, none, undefined, unspecified, not specified, na, n a, routine, general, body, misc, test, "
        + "not available, null, unbekannt, sonstige");

    /// <summary>A T2 weighting.</summary>
    public static TermList T2 { get; } = new("t2, axt2, trat2, fset2, tset2");

    /// <summary>An inversion pulse before the spin echo.</summary>
    public static TermList Inversion { get; } = new(
        "flair, fluid attenuated, dark fluid, darkfluid, black fluid, blackfluid, stir, tirm, tir, turbo ir, irtse, ir tse, "
        + "ir fse, t2 ir, tse ir, fse ir, tseir, inversion recovery, double inversion",
        "Inversion, inversion récupération, inversión recuperación, inversione recupero");

    /// <summary>Diffusion weighting, and what is computed of it.</summary>
    public static TermList Diffusion { get; } = new(
        "dwi, dw, diff, diffusion, diffusion weighted, adc, eadc, dadc, trace, tracew, dti, dtifa, tensor, ivim, dki, "
        + "resolve dwi, b400, b500, b600, b700, b750, b800, b900, b1000, b1200, b1400, b1500, b2000, b2500, b3000, dwib1000, "
        + "dwibs, isodwi, epidwi",
        "diffusionsgewichtet, Diffusionswichtung, difusión, diffusione, difusão, diffusie");

    /// <summary>A gradient echo, which shows T2* where it is meant to resemble T2.</summary>
    public static TermList GradientEcho { get; } = new(
        "t2 star, t2 w star, t2star, t2 weighted star, swi, swip, swan, venobold, gre, gradient echo, gradient, ffe, t2 ffe, "
        + "medic, merge, hemo, haemo, heme, flash, fl2, fl3, spgr, fspgr, fisp, truefisp, true fisp, ciss, fiesta, bffe, dess, "
        + "mprage, mp rage, bravo, vibe, star vibe, starvibe, bold, mgre, multi echo gre, qsm, dsc, tof, angio tof",
        "Gradientenecho, écho de gradient, eco de gradiente, eco di gradiente, gradiënt");
}
