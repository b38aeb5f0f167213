using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Whether a head CT was made with a contrast agent, as headers and people say it.</summary>
public sealed class DescribedContrastTests
{
    [Theory]
    [InlineData("HEAD W CONTRAST")]
    [InlineData("CT HEAD W IV CONTRAST")]
    [InlineData("HEAD W/CONTRAST")]
    [InlineData("HEAD WITH CONTRAST")]
    [InlineData("HEAD W")]
    [InlineData("HEAD W/")]
    [InlineData("BRAIN C+")]
    [InlineData("BRAIN +C")]
    [InlineData("BRAIN C+ 5.0")]
    [InlineData("HEAD (C+)")]
    [InlineData("CE HEAD")]
    [InlineData("CECT BRAIN")]
    [InlineData("HEAD POST CONTRAST")]
    [InlineData("HEAD_POSTCONTRAST_5MM")]
    [InlineData("HEAD POST GD")]
    [InlineData("HEAD POST IV")]
    [InlineData("HEAD CONTRAST ENHANCED")]
    [InlineData("HEAD ENHANCED")]
    [InlineData("HEAD GADOVIST")]
    [InlineData("HEAD 80ML ISOVUE300")]
    [InlineData("CTA HEAD")]
    [InlineData("HEAD ANGIO 0.6")]
    [InlineData("CT ANGIOGRAPHY BRAIN")]
    [InlineData("BRAIN PERFUSION")]
    [InlineData("HEAD NON IONIC CONTRAST")]
    [InlineData("HEAD W/O AND W CONTRAST")]
    [InlineData("HEAD WITHOUT AND WITH CONTRAST")]
    [InlineData("HEAD WITH AND WITHOUT CONTRAST")]
    [InlineData("HEAD W WO CONTRAST")]
    [InlineData("HEAD W/WO")]
    [InlineData("HEAD W&WO CONTRAST")]
    [InlineData("HEAD W/O CONTRAST, THEN W/ CONTRAST")]
    [InlineData("HEAD PRE AND POST")]
    [InlineData("HEAD C- / C+")]
    [InlineData("Schädel KM")]
    [InlineData("Schaedel mit KM")]
    [InlineData("SCHAEDEL NACH KM 5.0")]
    [InlineData("Kopf +KM")]
    [InlineData("Kopf KM+")]
    [InlineData("Kopf nativ und KM")]
    [InlineData("Kopf vor und nach KM")]
    [InlineData("Kopf mit Kontrastmittel")]
    [InlineData("CCT kontrastverstärkt")]
    [InlineData("CCT arterielle Phase")]
    [InlineData("Tête avec injection")]
    [InlineData("TETE AVEC INJECTION")]
    [InlineData("Crâne injecté")]
    [InlineData("Crâne sans puis avec injection")]
    [InlineData("Cabeza con contraste")]
    [InlineData("CRÁNEO SIN Y CON CONTRASTE")]
    [InlineData("cranio con mdc")]
    [InlineData("CRANIO SENZA E CON M.D.C.")]
    [InlineData("Crânio com contraste")]
    [InlineData("Hoofd met contrast")]
    [InlineData("Hersenen met contrastmiddel")]
    [InlineData("HEAD ARTERIAL")]
    [InlineData("HEAD VENOUS 1.0")]
    [InlineData("HEAD DELAYED POST")]
    [InlineData("CIRCLE OF WILLIS HEAD")]
    [InlineData("BRAIN+")]
    [InlineData("HEAD_WCONTRAST")]
    [InlineData("Kopf mit")]
    [InlineData("Kopf venös")]
    [InlineData("Głowa z kontrastem")]
    [InlineData("Mozek s kontrastem")]
    [InlineData("Hjärna med kontrast")]
    [InlineData("Hjärna med och utan kontrast")]
    [InlineData("Beyin BT kontrastlı")]
    [InlineData("Голова с контрастом")]
    [InlineData("Голова без и с контрастом")]
    [InlineData("頭部造影")]
    [InlineData("頭部単純＋造影")]
    [InlineData("头部增强")]
    [InlineData("头颅平扫+增强")]
    [InlineData("头部增强无异常")]
    [InlineData("뇌 조영증강")]
    public void A_description_that_tells_of_an_agent_is_heard_in_each_of_them(string text)
    {
        foreach (var tag in Descriptions)
            Assert.Equal("contrast-agent", Ct(ds => ds.AddOrUpdate(tag, text)));
    }

    [Theory]
    [InlineData("HEAD W/O CONTRAST")]
    [InlineData("HEAD WO CONTRAST")]
    [InlineData("HEAD W/O IV CONTRAST")]
    [InlineData("HEAD W/O")]
    [InlineData("HEAD WO")]
    [InlineData("HEAD WITHOUT CONTRAST")]
    [InlineData("HEAD WITHOUT ANY IV CONTRAST")]
    [InlineData("HEAD NON CONTRAST")]
    [InlineData("HEAD NON-CONTRAST 5MM")]
    [InlineData("HEAD NONCONTRAST")]
    [InlineData("NON ENHANCED HEAD")]
    [InlineData("UNENHANCED HEAD")]
    [InlineData("HEAD NO CONTRAST")]
    [InlineData("HEAD CONTRAST: NONE")]
    [InlineData("HEAD PRE CONTRAST")]
    [InlineData("NCCT HEAD")]
    [InlineData("HEAD -C")]
    [InlineData("HEAD C-")]
    [InlineData("HEAD (C-) 5.0")]
    [InlineData("HEAD PLAIN")]
    [InlineData("HEAD W/ C-SPINE")]
    [InlineData("Neurocranium nativ 5.0 H30s")]
    [InlineData("Schädel nativ")]
    [InlineData("Schädel ohne KM")]
    [InlineData("Kopf o. KM")]
    [InlineData("Kopf kein KM")]
    [InlineData("Kopf KM: nein")]
    [InlineData("Kopf ohne i.v. Kontrastmittel")]
    [InlineData("Tête sans injection")]
    [InlineData("CRANE NON INJECTE")]
    [InlineData("Cabeza sin contraste")]
    [InlineData("Cranio senza mdc")]
    [InlineData("CRANIO S/ CONTRASTE")]
    [InlineData("Crânio sem contraste")]
    [InlineData("Hoofd zonder contrast")]
    [InlineData("Hoofd blanco")]
    [InlineData("HEAD CONTRAST AGENT: NONE")]
    [InlineData("HEAD CONTRAST GIVEN: NO")]
    [InlineData("HEAD ?VENOUS SINUS THROMBOSIS")]
    [InlineData("HEAD ARTERIAL STROKE")]
    [InlineData("Kopf mit Gantry")]
    [InlineData("Głowa bez kontrastu")]
    [InlineData("Mozek bez kontrastu")]
    [InlineData("Hjärna utan iv kontrast")]
    [InlineData("Beyin BT kontrastsız")]
    [InlineData("Голова без контраста")]
    [InlineData("Голова без в/в контрастирования")]
    [InlineData("Голова нативная")]
    [InlineData("頭部単純")]
    [InlineData("頭部非造影")]
    [InlineData("頭部造影なし")]
    [InlineData("头颅平扫")]
    [InlineData("头部无增强")]
    [InlineData("뇌 비조영")]
    [InlineData("HEAD INSTANT")]
    [InlineData("HEAD RESTART")]
    [InlineData("HEAD ICE PACK SPACE FACE")]
    [InlineData("HEAD POST OP")]
    [InlineData("HEAD 5MM STANDARD")]
    [InlineData("HEAD HIGH CONTRAST")]
    public void A_description_that_denies_an_agent_or_tells_of_none_leaves_the_series_native(string text)
    {
        foreach (var tag in Descriptions)
            Assert.Equal("", Ct(ds => ds.AddOrUpdate(tag, text)));
    }

    [Fact]
    public void The_nearest_description_decides_and_a_named_agent_before_all()
    {
        Assert.Equal("", Ct(ds => Described(ds, "HEAD W/O", "CT HEAD W WO CONTRAST")));
        Assert.Equal("contrast-agent", Ct(ds => Described(ds, "HEAD C+", "CT HEAD W/O CONTRAST")));
        Assert.Equal("contrast-agent", Ct(ds => Described(ds, "HEAD 5MM", "CT HEAD W WO CONTRAST")));
        Assert.Equal("contrast-agent", Ct(ds => Described(ds, "HEAD W/O", "CT HEAD W/O")
            .AddOrUpdate(DicomTag.ContrastBolusAgent, "ISOVUE")));
        Assert.Equal("contrast-agent", Ct(ds => Described(ds, "HEAD W CONTRAST", "CT HEAD")
            .AddOrUpdate(DicomTag.ContrastBolusAgent, "NONE")));

        static DicomDataset Described(DicomDataset ds, string series, string study) =>
            ds.AddOrUpdate(DicomTag.SeriesDescription, series).AddOrUpdate(DicomTag.StudyDescription, study);
    }

    [Theory]
    [InlineData("NONE", "")]
    [InlineData("None", "")]
    [InlineData("NO", "")]
    [InlineData("N", "")]
    [InlineData("-", "")]
    [InlineData("--", "")]
    [InlineData("N/A", "")]
    [InlineData("n.a.", "")]
    [InlineData("no contrast", "")]
    [InlineData("NO CONTRAST GIVEN", "")]
    [InlineData("NOT GIVEN", "")]
    [InlineData("NON-CONTRAST", "")]
    [InlineData("WITHOUT", "")]
    [InlineData("W/O", "")]
    [InlineData("KEIN", "")]
    [InlineData("kein KM", "")]
    [InlineData("ohne", "")]
    [InlineData("nativ", "")]
    [InlineData("aucun", "")]
    [InlineData("sans", "")]
    [InlineData("ninguno", "")]
    [InlineData("nessuno", "")]
    [InlineData("não", "")]
    [InlineData("geen", "")]
    [InlineData("0", "")]
    [InlineData("0 ml", "")]
    [InlineData("C-", "")]
    [InlineData("NO AGENT", "")]
    [InlineData("CONTRAST AGENT: NONE", "")]
    [InlineData("contrast used - none", "")]
    [InlineData("KM gegeben: nein", "")]
    [InlineData("brak", "")]
    [InlineData("нет", "")]
    [InlineData("なし", "")]
    [InlineData("Омнипак", "contrast-agent")]
    [InlineData("CONTRAST AGENT: ISOVUE", "contrast-agent")]
    [InlineData("ISOVUE 300", "contrast-agent")]
    [InlineData("10cc Multihance", "contrast-agent")]
    [InlineData("IV", "contrast-agent")]
    [InlineData("YES", "contrast-agent")]
    [InlineData("CONTRAST", "contrast-agent")]
    [InlineData("C+", "contrast-agent")]
    [InlineData("APPLIED", "contrast-agent")]
    [InlineData("NONIONIC", "contrast-agent")]
    [InlineData("Jod 100 ml", "contrast-agent")]
    [InlineData("ULTRAVIST 370, NO REACTION", "contrast-agent")]
    public void An_agent_that_says_none_is_none(string agent, string verdict)
    {
        Assert.Equal(verdict, Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusAgent, agent)));
        Assert.Equal(verdict, Ct(ds => ds.AddOrUpdate(
            new DicomSequence(DicomTag.ContrastBolusAgentSequence, new DicomDataset().AddOrUpdate(DicomTag.CodeMeaning, agent)))));
        Assert.Equal(verdict, Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusRoute, agent)));
    }

    [Fact]
    public void An_amount_or_a_manner_tells_of_an_agent_too()
    {
        Assert.Equal("contrast-agent", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusVolume, "80")));
        Assert.Equal("contrast-agent", Ct(ds => ds
            .AddOrUpdate(DicomTag.ContrastBolusTotalDose, "30").AddOrUpdate(DicomTag.ContrastBolusAgent, "NONE")));
        Assert.Equal("contrast-agent", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastFlowRate, "3.5")));
        Assert.Equal("contrast-agent", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusIngredient, "IODINE")));
        Assert.Equal("contrast-agent", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusRoute, "IV")));
        Assert.Equal("", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusVolume, "0").AddOrUpdate(DicomTag.ContrastBolusAgent, "")));
        Assert.Equal("", Ct(ds => ds.AddOrUpdate(DicomTag.ContrastBolusRoute, "IV").AddOrUpdate(DicomTag.ContrastBolusAgent, "NONE")));
    }

    [Fact]
    public void The_reason_names_the_attribute_and_not_what_it_holds()
    {
        var headers = PhantomHeaders.Of(PhantomKind.HeadCt);
        headers[5].AddOrUpdate(DicomTag.StudyDescription, "CT HEAD W CONTRAST J. DOE");

        var reason = Assert.Single(PhantomHeaders.Rules.Check(headers).Reasons);

        Assert.Equal(
            "A contrast agent was given, says Study Description; the model knows native CT only. So in 1 of 12 images.", reason.Text);
    }

    [Fact]
    public void A_T2_after_gadolinium_is_a_T2() => Assert.Equal("", PhantomHeaders.Verdict(PhantomKind.T2, ds => ds
        .AddOrUpdate(DicomTag.ContrastBolusAgent, "GADOVIST").AddOrUpdate(DicomTag.SeriesDescription, "AX T2 TSE POST GD")));

    private static DicomTag[] Descriptions { get; } =
        [DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.StudyDescription, DicomTag.RequestedProcedureDescription];

    private static string Ct(Action<DicomDataset> change) => PhantomHeaders.Verdict(PhantomKind.HeadCt, change);
}
