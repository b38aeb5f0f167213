using Gateway.Workshop.Phantom;

namespace Gateway.TranslationWorker.Tests;

/// <summary>Whether a series is of the head, in the words and codes of several countries.</summary>
public sealed class BodyPartTests
{
    [Theory]
    [InlineData("HEAD")]
    [InlineData("Brain 5.0 H30s")]
    [InlineData("SKULL BASE")]
    [InlineData("NCCT head")]
    [InlineData("HeadSeq")]
    [InlineData("01_Head^HeadRoutine")]
    [InlineData("HEAD1")]
    [InlineData("NeuroRoutine")]
    [InlineData("intracranial")]
    [InlineData("HEAD/NECK")]
    [InlineData("Kopf")]
    [InlineData("Schädel")]
    [InlineData("Schadel")]
    [InlineData("SCHAEDEL")]
    [InlineData("SCHÄDEL")]
    [InlineData("Scha\u0308del")]
    [InlineData("SchädelCT")]
    [InlineData("Schädel-Hirn-Trauma")]
    [InlineData("CCT nativ")]
    [InlineData("Neurocranium")]
    [InlineData("Großhirn")]
    [InlineData("GROSSHIRN")]
    [InlineData("crâne")]
    [InlineData("CRANE")]
    [InlineData("TDM cérébrale")]
    [InlineData("cerveau")]
    [InlineData("tête")]
    [InlineData("encéphale")]
    [InlineData("cabeza")]
    [InlineData("CRÁNEO")]
    [InlineData("cerebro")]
    [InlineData("cranio")]
    [InlineData("testa")]
    [InlineData("encefalo")]
    [InlineData("cabeça")]
    [InlineData("CRÂNIO")]
    [InlineData("hoofd")]
    [InlineData("hersenen")]
    [InlineData("schedel")]
    [InlineData("CT caput")]
    [InlineData("Głowa bez kontrastu")]
    [InlineData("Mozek nativně")]
    [InlineData("DT hjärna")]
    [InlineData("BEYİN BT")]
    [InlineData("ГОЛОВА нативная")]
    [InlineData("Головной мозг")]
    [InlineData("頭部単純")]
    [InlineData("頭部ＣＴ")]
    [InlineData("头颅平扫")]
    [InlineData("顱腦CT")]
    [InlineData("뇌 단순")]
    public void A_head_CT_is_known_in_any_of_the_languages_by_any_attribute(string text)
    {
        foreach (var tag in Places)
            Assert.Equal("", Ct(ds => Unnamed(ds).NotValidated().AddOrUpdate(tag, text)));
    }

    [Theory]
    [InlineData("CHEST")]
    [InlineData("NECK")]
    [InlineData("CSPINE")]
    [InlineData("C-SPINE")]
    [InlineData("ABDOMEN")]
    [InlineData("Hals")]
    [InlineData("HWS")]
    [InlineData("Thorax")]
    [InlineData("cou")]
    [InlineData("tórax")]
    [InlineData("collo")]
    [InlineData("borstkas")]
    [InlineData("FOREHEADS")]
    [InlineData("HEADACHE")]
    [InlineData("BRAINLAB")]
    [InlineData("BrainLAB")]
    [InlineData("BRAINSTORMING")]
    [InlineData("HEADCOIL")]
    [InlineData("HEAD FIRST SUPINE")]
    [InlineData("CRANIO-CAUDAL")]
    [InlineData("FEMORAL HEAD")]
    [InlineData("Klatka piersiowa")]
    [InlineData("Спинной мозг")]
    [InlineData("胸部単純")]
    [InlineData("膵頭部")]
    [InlineData("大腿骨頭部")]
    [InlineData("경추")]
    [InlineData("5MM STANDARD")]
    public void Another_part_of_the_body_or_none_is_not_the_head(string text)
    {
        foreach (var tag in Places)
            Assert.Equal("not-head", Ct(ds => Unnamed(ds).NotValidated().AddOrUpdate(tag, text)));
    }

    [Theory]
    [InlineData("HEAD", "HEAD 5MM", "CT HEAD AND NECK", "")]
    [InlineData("HEAD", "C-SPINE BONE", "CT HEAD AND C-SPINE", "not-head")]
    [InlineData("HEAD", "5MM STANDARD", "CT NECK", "")]
    [InlineData("CSPINE", "BONE", "CT HEAD AND C-SPINE", "not-head")]
    [InlineData("CHEST", "THORAX 5.0", "POLYTRAUMA HEAD CHEST ABDOMEN", "not-head")]
    [InlineData("", "THORAX 5.0", "POLYTRAUMA HEAD CHEST ABDOMEN", "not-head")]
    [InlineData("", "5.0 STD", "CT HEAD AND NECK", "")]
    [InlineData("", "HEAD 5.0", "POLYTRAUMA CHEST", "")]
    [InlineData("HEADNECK", "5.0", "", "")]
    [InlineData("UNKNOWN", "5.0", "CT HEAD", "")]
    [InlineData("ORBIT", "5.0", "", "not-head")]
    public void Body_part_and_the_nearest_description_decide(string part, string series, string study, string verdict) =>
        Assert.Equal(verdict, Ct(ds => Unnamed(ds).AddOrUpdate(DicomTag.BodyPartExamined, part)
            .AddOrUpdate(DicomTag.SeriesDescription, series).AddOrUpdate(DicomTag.StudyDescription, study)));

    [Theory]
    [InlineData("SCT", "69536005", "")]
    [InlineData("SCT", "12738006", "")]
    [InlineData("SRT", "T-D1100", "")]
    [InlineData("SNM3", "T-A0100", "")]
    [InlineData("99SDM", "T-11100", "")]
    [InlineData("FMA", "7154", "")]
    [InlineData("99LOCAL", "7154", "not-head")]
    [InlineData("SCT", "51185008", "not-head")]
    public void A_code_of_the_head_needs_no_word(string scheme, string code, string verdict)
    {
        var region = new DicomDataset().AddOrUpdate(DicomTag.CodingSchemeDesignator, scheme).AddOrUpdate(DicomTag.CodeValue, code)
            .AddOrUpdate(DicomTag.CodeMeaning, "部位");
        Assert.Equal(verdict, Ct(ds => Unnamed(ds).AddOrUpdate(new DicomSequence(DicomTag.AnatomicRegionSequence, region))));
        Assert.Equal(verdict, PhantomHeaders.Verdict(
            PhantomKind.T2, ds => Unnamed(ds).AddOrUpdate(new DicomSequence(DicomTag.AnatomicRegionSequence, region))));
    }

    [Theory]
    [InlineData("HEAD", "")]
    [InlineData("SCHAEDEL", "")]
    [InlineData("", "")]
    [InlineData("UNKNOWN", "")]
    [InlineData("KNEE", "not-head")]
    [InlineData("TMJ", "not-head")]
    public void A_T2_need_not_name_the_head_but_nothing_else(string part, string verdict)
    {
        Assert.Equal(verdict, PhantomHeaders.Verdict(PhantomKind.T2, ds => Unnamed(ds).AddOrUpdate(DicomTag.BodyPartExamined, part)));
        Assert.Equal("not-head", PhantomHeaders.Verdict(PhantomKind.T2, ds => Unnamed(ds)
            .AddOrUpdate(DicomTag.BodyPartExamined, part).AddOrUpdate(DicomTag.SeriesDescription, "t2_tse_tra_LWS")));
    }

    /// <summary>No attribute names a part of the body.</summary>
    private static DicomDataset Unnamed(DicomDataset ds) =>
        ds.Remove(DicomTag.BodyPartExamined, DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.StudyDescription);

    private static DicomTag[] Places { get; } =
        [DicomTag.BodyPartExamined, DicomTag.SeriesDescription, DicomTag.ProtocolName, DicomTag.StudyDescription];

    private static string Ct(Action<DicomDataset> change) => PhantomHeaders.Verdict(PhantomKind.HeadCt, change);
}
