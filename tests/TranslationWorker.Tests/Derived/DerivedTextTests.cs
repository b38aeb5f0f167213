using System.Text;
using static Gateway.TranslationWorker.Tests.Derived.DerivedSample;

namespace Gateway.TranslationWorker.Tests.Derived;

public sealed class DerivedTextTests : IDisposable
{
    private const string Description = "SYNTHETIC CT (AI) from T\u00eate - not for diagnosis";
    private readonly DerivedSample _sample = new();

    public void Dispose() => _sample.Dispose();

    public static TheoryData<string?> WrongSets =>
        [null!, "", "ISO_IR 6", "NO SUCH SET", "ISO_IR 192", @"\ISO 2022 IR 149", "ISO_IR 13", "GB18030", "ISO_IR 166"];

    [Theory, MemberData(nameof(WrongSets))]
    public void Latin_letters_under_any_declaration_are_no_reason_to_fail_and_copied_values_keep_their_bytes(string? charset)
    {
        var name = Encoding.Latin1.GetBytes("M\u00dcLLER^J\u00d6RG");
        var source = Source(charset, (DicomTag.PatientName, name), (DicomTag.SeriesDescription, Encoding.Latin1.GetBytes("T\u00eate")),
            (DicomTag.Manufacturer, Encoding.Latin1.GetBytes("Ger\u00e4te ")));

        var derived = Derive(source, "Klinik");

        Assert.Equal(name, derived.GetDicomItem<DicomElement>(DicomTag.PatientName)!.Buffer.Data[..name.Length]);
        Assert.Equal(charset ?? "", derived.TryGetString(DicomTag.SpecificCharacterSet, out var kept) ? kept : "");
        Assert.StartsWith("SYNTHETIC CT (AI) from T", derived.GetString(DicomTag.SeriesDescription), StringComparison.Ordinal);
    }

    [Theory, InlineData(null), InlineData(""), InlineData("ISO_IR 6")]
    public void Undeclared_letters_are_repeated_in_the_bytes_that_the_source_has(string? charset)
    {
        var source = Source(charset, (DicomTag.SeriesDescription, Encoding.Latin1.GetBytes("T\u00eate")));

        Assert.Equal(Encoding.Latin1.GetBytes(Description + " "), DataOf(Derive(source, "Klinik"), DicomTag.SeriesDescription));
    }

    [Fact]
    public void Letters_in_another_set_than_the_declared_one_are_repeated_readably() =>
        Assert.Equal(
            Description, Derive(Source("ISO_IR 192", (DicomTag.SeriesDescription, Encoding.Latin1.GetBytes("T\u00eate"))), "Klinik")
                .GetString(DicomTag.SeriesDescription));

    [Fact]
    public void Korean_stays_in_its_set_with_its_escape_sequences()
    {
        var name = Convert.FromHexString("486F6E675E47696C646F6E673D1B242943FBF35E1B242943D1CED4D73D1B242943C8AB5E1B242943B1E6B5BF");
        var source = Source(
            @"\ISO 2022 IR 149", (DicomTag.PatientName, name),
            (DicomTag.SeriesDescription, Convert.FromHexString("5432201B242943B3FA20C3E0BBF3")));

        var derived = Derive(source, "Klinik");

        Assert.Equal(name, DataOf(derived, DicomTag.PatientName)[..name.Length]);
        Assert.Contains(" T2 \ub1cc ", derived.GetString(DicomTag.SeriesDescription), StringComparison.Ordinal);
        Assert.InRange(DataOf(derived, DicomTag.SeriesDescription).Length, 40, 64);
    }

    [Theory]
    [InlineData(null, "M\u00dcLLER^J\u00d6RG")]
    [InlineData("ISO_IR 144", "\u041b\u044e\u0431\u0430")]
    [InlineData(@"\ISO 2022 IR 87", "Yamada^Tarou=\u5c71\u7530^\u592a\u90ce")]
    public void What_our_own_name_needs_makes_the_whole_object_unicode(string? charset, string name)
    {
        var source = Source(charset, (DicomTag.PatientName, DicomTextOf(name, charset)));

        var derived = Derive(source, "Klinikum Gro\u00dfhadern");

        Assert.Equal("ISO_IR 192", derived.GetString(DicomTag.SpecificCharacterSet));
        Assert.Equal(name, derived.GetString(DicomTag.PatientName));
        Assert.Equal("Klinikum Gro\u00dfhadern", derived.GetString(DicomTag.Manufacturer));
        Assert.All(
            derived.GetSequence(DicomTag.ContributingEquipmentSequence).Items.Take(2),
            item => Assert.Equal("Klinikum Gro\u00dfhadern", item.GetString(DicomTag.Manufacturer)));
    }

    [Fact]
    public void A_set_that_has_our_own_name_stays() =>
        Assert.Equal("ISO_IR 100", Derive(Source("ISO_IR 100"), "Klinikum Gro\u00dfhadern").GetString(DicomTag.SpecificCharacterSet));

    [Fact]
    public void A_long_description_in_unicode_is_cut_to_what_validators_count()
    {
        var source = Source(
            "ISO_IR 192", (DicomTag.SeriesDescription, Encoding.UTF8.GetBytes(new string('\u8111', 40))),
            (DicomTag.Manufacturer, Encoding.UTF8.GetBytes(new string('\u8111', 64))));

        Assert.InRange(DataOf(Derive(source, "Klinik"), DicomTag.SeriesDescription).Length, 60, 64);
    }

    private DicomDataset Derive(DicomDataset source, string organization)
    {
        var path = _sample.Save(Write(source, Derivation(Shipped.T2ToCt) with { Organization = organization }), "derived.dcm");
        return DicomFile.Open(path).Dataset;
    }

    /// <summary>A received file with these bytes under that declaration, ASCII elsewhere.</summary>
    private DicomDataset Source(string? charset, params (DicomTag Tag, byte[] Bytes)[] values)
    {
        var source = DerivedSources.Handmade(Shipped.T2ToCt).Remove(DicomTag.SpecificCharacterSet);
        foreach (var tag in (DicomTag[])[DicomTag.PatientName, DicomTag.ReferringPhysicianName, DicomTag.StudyDescription])
            source.AddOrUpdate(tag, "plain");
        foreach (var (tag, bytes) in values)
            source.AddOrUpdate(DicomVR.UN, tag, bytes);
        if (charset is not null)
            source.AddOrUpdate(DicomVR.UN, DicomTag.SpecificCharacterSet, Encoding.ASCII.GetBytes(charset));
        return DicomFile.Open(_sample.Save(new DicomFile(source), "source.dcm")).Dataset;
    }

    private static byte[] DicomTextOf(string text, string? charset) => DicomText.Encode(text, charset ?? "")!;

    private static byte[] DataOf(DicomDataset dataset, DicomTag tag) => dataset.GetDicomItem<DicomElement>(tag)!.Buffer.Data;
}
