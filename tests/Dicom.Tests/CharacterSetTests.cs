using System.Text;

namespace Gateway.Dicom.Tests;

public class CharacterSetTests
{
    /// <summary>The examples of PS3.5 annexes H, I, J and K.</summary>
    public static TheoryData<string, string, string> Names => new()
    {
        { @"\ISO 2022 IR 87",
            "59616D6164615E5461726F753D1B2442 3B3345441B28425E1B2442 4240 4F3A1B28423D1B2442 2464 245E 2440 1B28425E1B2442 243F 246D 2426 1B2842",
            "Yamada^Tarou=山田^太郎=やまだ^たろう" },
        { @"ISO 2022 IR 13\ISO 2022 IR 87",
            "D4CFC0DE5EC0DBB33D1B2442 3B33 45441B284A5E1B2442 4240 4F3A1B284A3D1B2442 2464 245E 24401B284A5E1B2442 243F 246D 24261B284A",
            "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう" },
        { @"\ISO 2022 IR 149", "486F6E675E47696C646F6E673D1B242943FBF35E1B242943D1CED4D73D1B242943C8AB5E1B242943B1E6B5BF",
            "Hong^Gildong=洪^吉洞=홍^길동" },
        { "ISO_IR 192", "57616E675E5869616F446F6E673DE78E8B5EE5B08FE69DB13D", "Wang^XiaoDong=王^小東=" },
        { "GB18030", "57616E675E5869616F446F6E673DCDF55ED0A1B6AB3D", "Wang^XiaoDong=王^小东=" },
        { "ISO_IR 100", "42756329E972F46D65", "Buc)érôme" },
        { "ISO_IR 144", "BBEED063E1D05A", "ЛюаcсаZ" },
        { "ISO 2022 IR 6\\ISO 2022 IR 100", "41E41B2D41C45E5A", "Aä\u00C4^Z" },
        { "", "41FC", "Aü" },
        { "no such set", "41FC", "Aü" },
    };

    [Theory, MemberData(nameof(Names))]
    public void Names_are_decoded_in_their_character_set(string charset, string hex, string name)
    {
        var bytes = Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));
        var dataset = Read(charset, bytes);

        Assert.Equal(name, dataset.GetString(DicomTag.PatientName));
        Assert.Equal(bytes, dataset.GetDicomItem<DicomElement>(DicomTag.PatientName)!.Buffer.Data.AsSpan(0, bytes.Length));
    }

    [Fact]
    public void A_name_copied_with_its_character_set_keeps_its_bytes_and_without_it_its_meaning()
    {
        var source = Read("ISO_IR 100", Encoding.Latin1.GetBytes("Jörg"));
        var same = new DicomDataset();
        source.CopyTo(same, DicomTag.SpecificCharacterSet, DicomTag.PatientName);
        var other = new DicomDataset().Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");
        source.CopyTo(other, DicomTag.PatientName);

        Assert.Contains("J\xF6rg", Encoding.Latin1.GetString(Samples.Bytes(same)), StringComparison.Ordinal);
        Assert.Contains("Jörg", Encoding.UTF8.GetString(Samples.Bytes(other)), StringComparison.Ordinal);
        Assert.Contains(
            "J\xF6rg",
            Encoding.Latin1.GetString(Samples.Bytes(new DicomDataset().Add(source.GetDicomItem<DicomElement>(DicomTag.PatientName)!))),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Text_is_encoded_in_the_set_of_the_data_set_that_holds_it_also_inside_items()
    {
        var item = new DicomDataset().Add(DicomTag.Manufacturer, "Zürich");
        var dataset = new DicomDataset(new DicomSequence(DicomTag.ContributingEquipmentSequence, item)).Add(
            DicomTag.SpecificCharacterSet, "ISO_IR 192");

        var read = Samples.Open(Samples.Bytes(dataset)).Dataset;

        Assert.Equal("Zürich", read.GetSequence(DicomTag.ContributingEquipmentSequence).Items[0].GetString(DicomTag.Manufacturer));
        Assert.Throws<DicomDataException>(() => Samples.Bytes(dataset.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 144")));
    }

    [Theory]
    [InlineData(@"\ISO 2022 IR 87", "T2 頭部 axial")]
    [InlineData(@"ISO 2022 IR 13\ISO 2022 IR 87", "ｱﾀﾏ 頭部")]
    [InlineData(@"\ISO 2022 IR 87\ISO 2022 IR 159", "頭部 丂丄")]
    [InlineData(@"\ISO 2022 IR 149", "뇌 T2")]
    [InlineData(@"\ISO 2022 IR 58", "头部 T2")]
    [InlineData(@"ISO 2022 IR 6\ISO 2022 IR 100\ISO 2022 IR 144", "Schädel мозг")]
    public void Text_of_ours_is_written_with_code_extensions_where_those_are_declared(string charset, string text)
    {
        var dataset = new DicomDataset().Add(DicomVR.CS, DicomTag.SpecificCharacterSet, charset).Add(DicomTag.SeriesDescription, text);

        Assert.Equal(text, Samples.Open(Samples.Bytes(dataset)).Dataset.GetString(DicomTag.SeriesDescription));
        Assert.Throws<DicomDataException>(() => Samples.Bytes(dataset.AddOrUpdate(DicomTag.SeriesDescription, "ก")));
    }

    public static TheoryData<string> Sets =>
    [
        "", "ISO_IR 6", "NO SUCH SET", "ISO_IR 100", "ISO_IR 101", "ISO_IR 127", "ISO_IR 138", "ISO_IR 144", "ISO_IR 166", "ISO_IR 13",
        "ISO_IR 192", "GB18030", "GBK",
        @"\ISO 2022 IR 149", @"\ISO 2022 IR 87", @"ISO 2022 IR 13\ISO 2022 IR 87", @"\ISO 2022 IR 58", @"\ISO 2022 IR 100\ISO 2022 IR 144",
    ];

    /// <summary>A copy keeps its bytes, and whatever they are there is a way to say them in Unicode.</summary>
    [Theory, MemberData(nameof(Sets))]
    public void What_was_read_can_be_written_whatever_the_bytes(string charset)
    {
        var random = new Random(7);
        foreach (var name in Enumerable.Range(0, 300)
            .Select(length => { var bytes = new byte[1 + length % 24]; random.NextBytes(bytes); return bytes; })
            .Append([0x54, 0xEA, 0x74, 0x65]))
        {
            name[^1] = (byte)'x';
            var source = Read(charset, name);
            var (copy, unicode) = (new DicomDataset(), new DicomDataset());
            source.CopyTo(copy).CopyTo(unicode.AddOrUpdate(DicomTag.SpecificCharacterSet, "ISO_IR 192"), DicomTag.PatientName);

            Assert.Equal(
                name, Samples.Open(Samples.Bytes(copy)).Dataset
                    .GetDicomItem<DicomElement>(DicomTag.PatientName)!.Buffer.Data[..name.Length]);
            Assert.Equal(
                source.GetString(DicomTag.PatientName), Samples.Open(Samples.Bytes(unicode)).Dataset.GetString(DicomTag.PatientName));
        }
    }

    [Theory]
    [InlineData("ISO_IR 192", "54EA7465", "T\u00eate")]
    [InlineData("ISO_IR 192", "536368C3A464656CE8", "Sch\u00e4del\u00e8")]
    [InlineData("UTF-8", "47C5826F7761", "G\u0142owa")]
    [InlineData("utf8", "E9A0ADE983A8", "\u982d\u90e8")]
    [InlineData("GB2312", "CDB7B2BF", "\u5934\u90e8")]
    [InlineData("GB18030", "54EA20", "T\u00ea ")]
    [InlineData("", "1B242943B3FA", "\ub1cc")]
    public void Bytes_that_the_declared_set_does_not_have_are_read_as_latin_1(string charset, string hex, string text) =>
        Assert.Equal(text, DicomText.Decode(Convert.FromHexString(hex), DicomVR.LO, charset));

    [Theory]
    [InlineData("Gro\u00dfhadern", "", false)]
    [InlineData("Gro\u00dfhadern", "ISO_IR 6", false)]
    [InlineData("Gro\u00dfhadern", "ISO_IR 100", true)]
    [InlineData("Gro\u00dfhadern", "ISO_IR 144", false)]
    [InlineData("S\u00e3o Paulo", @"\ISO 2022 IR 149", false)]
    [InlineData("Gro\u00dfhadern", @"\ISO 2022 IR 100", true)]
    [InlineData("\u982d\u90e8", "ISO_IR 13", false)]
    [InlineData("plain", "", true)]
    public void Whether_a_set_has_a_text_is_by_declaration(string text, string charset, bool has) =>
        Assert.Equal(has, DicomText.CanExpress(text, charset));

    [Fact]
    public void A_run_of_one_set_takes_one_escape_sequence() =>
        Assert.Equal(Convert.FromHexString("1B242943C3E0BBF3"), DicomText.Encode("\ucd95\uc0c1", @"\ISO 2022 IR 149"));

    [Fact]
    public void Lengths_count_characters() =>
        Assert.Equal(
            64, new DicomDataset().Add(DicomTag.SeriesDescription, string.Concat(Enumerable.Repeat("\U00020BB7", 64)))
                .GetString(DicomTag.SeriesDescription).EnumerateRunes().Count());

    private static DicomDataset Read(string charset, byte[] name)
    {
        var dataset = new DicomDataset().Add(DicomVR.UN, DicomTag.PatientName, name);
        if (charset.Length > 0) dataset.Add(DicomVR.CS, DicomTag.SpecificCharacterSet, charset.ToUpperInvariant());
        return Samples.Open(Samples.Bytes(dataset)).Dataset;
    }
}
