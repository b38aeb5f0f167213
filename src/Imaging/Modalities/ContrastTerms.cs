namespace Gateway.Imaging.Modalities;

/// <summary>The words of <see cref="ContrastWords"/>, in the languages and in the manner of <see cref="Terms"/>.</summary>
internal static class ContrastTerms
{
    /// <summary>A contrast agent, or an examination that is not made without one.</summary>
    public static TermList Agent { get; } = new(
        "contrast, contrasted, contrast enhanced, enhanced, enhancement, postcontrast, ce, cect, cemr, cta, ctv, ctangio, "
        + "angio, angiogram, angiography, arteriogram, arteriography, venogram, venography, perfusion, ctp, bolus, bolus track, "
        + "arterial phase, venous phase, portal venous, c plus, plus c, w c, w iv, with iv, with dye, w dye, w $, with $, w con, "
        + "w cont, w contr, post con, post c, post iv, post inj, post injection, post bolus, iv con, iv cont, ivcm, enh, "
        + "plus contrast, cm plus, plus cm, plus $, iodine, iodinated, gad, gd, gado, gadolinium, post gd, arterial, venous, "
        + "delayed phase, delayed post, post delayed, circle of willis, wcontrast, headwcontrast, brainwcontrast",
        "Kontrast, Kontrastmittel, KM, iv KM, KM Gabe, nach KM, kontrastiert, kontrastverstärkt, Angiographie, Angiografie, "
        + "Perfusionsmessung, CTAngio, arterielle Phase, venöse Phase, arteriell, venös, mit $, Jod, jodhaltig",
        "contraste, injection, injecté, injectée, injecte, IVc, PDC, avec IV, produit de contraste, angioscanner, "
        + "angio scanner, temps artériel, temps veineux, iode, iodé, gadolinium",
        "contraste, contrastado, contrastada, CIV, con civ, angiografía, angio TC, angioTC, angioTAC, fase arterial, "
        + "fase venosa, yodo, yodado, gadolinio",
        "contrasto, mdc, m d c, contrastografico, contrastografica, contrasto e v, angiografia, angioTC, fase arteriosa, iodio, iodato",
        "contrastado, meio de contraste, angiotomografia, iodo, iodado, gadolínio",
        "contrastmiddel, contraststof, contrastvloeistof, KM, met IV, jodium, jodiumhoudend",
        "kontrastem, kontrastu, kontrastowe, kontrastowy, środek cieniujący, środka cieniującego, środkiem cieniującym, angiografia",
        "s kontrastem, s kontrastní látkou, s KL, kontrastem, kontrastní, kontrastní látka, kontrastní látky, angiografie, perfuze",
        "kontrastmedel, kontrastmiddel, kontrastförstärkt, kontrastforstærket, angiografi",
        "kontrastlı, ilaçlı, anjiyo, anjiyografi, perfüzyon",
        "контраст, контраста, контрастом, контрастное, контрастного, контрастный, контрастным, контрастная, контрастирование, "
        + "контрастирования, контрастированием, КУ, усиление, усиления, усилением, болюс, болюсное, ангиография, ангио, перфузия, "
        + "артериальная фаза, венозная фаза, контрастування, контрастуванням, підсилення, підсиленням",
        "造影, 造影剤, 血管撮影, 灌流",
        "增强, 增強, 强化, 強化, 对比剂, 對比劑, 血管成像, 灌注",
        "조영, 조영제, 증강, 관류",
        // Trade names and substances.
        "omnipaque, iohexol, isovue, iopamidol, iopamiro, iopamiron, jopamiro, niopam, visipaque, iodixanol, ultravist, "
        + "iopromide, iopromid, optiray, ioversol, xenetix, iobitridol, iomeron, imeron, iomeprol, accupaque, solutrast, "
        + "hexabrix, conray, oxilan, gadovist, gadavist, gadobutrol, dotarem, clariscan, gadoteric, gadoterate, magnevist, "
        + "gadopentetate, MultiHance, multihance, gadobenate, ProHance, prohance, gadoteridol, omniscan, gadodiamide, primovist, "
        + "eovist, vueway, elucirem, gadopiclenol");

    /// <summary>With and without, in one examination.</summary>
    public static TermList Both { get; } = new(
        "with and without, without and with, with without, without with, w and wo, wo and w, w wo, wo w, w w o, w o w, "
        + "w and w o, w o and w, pre and post, pre post, prepost, before and after",
        "mit und ohne, ohne und mit, vor und nach, mit ohne",
        "avec et sans, sans et avec, avant et après, sans puis avec",
        "con y sin, sin y con, antes y después",
        "con e senza, senza e con, prima e dopo, senza con",
        "com e sem, sem e com, antes e depois",
        "met en zonder, zonder en met, voor en na",
        "bez i z, z i bez, przed i po",
        "bez a s, s a bez, před a po",
        "med och utan, utan och med, före och efter, med og uden, uden og med, med og uten, uten og med, før og efter, før og etter",
        "до и после, без и с, с и без, до і після, без і з");

    /// <summary>Without an agent, in words of its own.</summary>
    public static TermList Native { get; } = new(
        "native, plain, unenhanced, non enhanced, nonenhanced, noncontrast, noncontrasted, noncon, noncont, non con, non cont, "
        + "ncct, nect, ncect, nchct, precontrast, c minus, minus c, cm minus, minus cm, contrast minus, wo $, w o $, without $, "
        + "wo con, w o con, wo c, w o c, without c, pre c, non ce, nonce",
        "nativ, nativer, native, natives, Nativscan, Nativaufnahme, NativCT, KM minus, minus KM, o KM, ungespritzt, unkontrastiert",
        "natif, non injecté, non injectée, sans IV, s IV, sans PDC",
        "simple $, TC simple, TAC simple, basal $, s c, s cte, sin civ, s civ, no contrastado, no contrastada",
        "basale, smdc, s mdc, diretta, diretto, senza mdc",
        "sem contr, s contraste",
        "blanco, z KM, blanko",
        "natywne, natywny, natywna",
        "nativně, nativní",
        "kontrastsız, ilaçsız",
        "нативная, нативный, нативное, нативно, бесконтрастная, бесконтрастный, бесконтрастное, неконтрастная, неконтрастный, "
        + "безконтрастна",
        "単純, 造影前",
        "平扫, 平掃, 增强前, 增強前",
        "단순, 조영전");

    /// <summary>Deny the agent that is named next.</summary>
    public static TermList Without { get; } = new(
        "without, wo, w o, w out, no, non, not, pre, before, un, free of, minus iv, s",
        "ohne, o, kein, keine, keinem, vor, nicht",
        "sans, pas de, aucun, aucune, avant",
        "sin, antes de, ningún",
        "senza, prima di, prima del, nessun",
        "sem, nenhum",
        "zonder, geen, voor",
        "bez, před, przed, utan, uden, uten, före, før",
        "без, до, нет, не",
        "非, 無, 无, 未, 不",
        "비, 무, 미");

    /// <summary>May stand between the denial and the agent.</summary>
    public static TermList Between { get; } = new(
        "iv, i v, ev, e v, any, the, an, a, intravenous, oral, de, di, del, du, dem, intravenöse, endovenoso, intravenoso, "
        + "produit, meio, medio, mezzo, dożylnego, podania, в в, внутривенного");

    /// <summary>Deny the agent that was named before.</summary>
    public static TermList Denied { get; } = new(
        "none, nein, keine, keins, kein, minus, no $, non $, nil, not given, nicht gegeben, aucun, ninguno, nessuno, nenhum, "
        + "geen, not administered, 0 $, 0 ml, 0 cc, brak, ingen, ej, ikke, yok, нет, не вводился, не вводили, немає, "
        + "なし, 無し, 無 $, せず, 无 $, 없음, 안함");

    /// <summary>The whole text of an agent that says that there was none: these words, and <see cref="Filler"/>.</summary>
    public static TermList Nothing { get; } = new(
        "none, no, n, nil, null, without, wo, w o, not, na, n a, not applicable, false, off, 0, minus",
        "kein, keine, keins, nein, ohne, nicht, leer",
        "aucun, aucune, non, sans, rien, ninguno, ninguna, sin, nada, nessuno, nessuna, senza, nenhum, nenhuma, não, sem, "
        + "geen, zonder, nee, brak, bez, ingen, inget, ingenting, utan, uden, uten, yok, нет, без, немає, なし, 無し, 無, 无, 없음");

    /// <summary>Tells nothing of itself beside <see cref="Nothing"/>.</summary>
    public static TermList Filler { get; } = new(
        "agent, agents, media, used, given, applied, administered, injected, ml, cc, mg, g, iv, oral, gegeben, verabreicht");

    /// <summary>Resembles an agent and is none.</summary>
    public static TermList NoAgent { get; } = new(
        "c spine, w c spine, c t spine, high contrast, low contrast, soft contrast, tissue contrast, contrast resolution, "
        + "phase contrast, angio suite, venous sinus, venous thrombosis, venous infarct, venous infarction, arterial stroke, "
        + "arterial infarct, arterial infarction, arterial occlusion");
}
