using System.Text;

namespace Gateway.Dicom.Tests;

public class CharacterSetTests
{
    /// <summary>The examples of PS3.5 annexes H, I, J and K.</summary>
    public static TheoryData<string, string, string> Names => new()
    {
        { @"\ISO 2022 IR 87", "59616D6164615E5461726F753D1B2442 3B3345441B28425E1B2442 4240 4F3A1B28423D1B2442 2464 245E 2440 1B28425E1B2442 243F 246D 2426 1B2842", "Yamada^Tarou=山田^太郎=やまだ^たろう" },
        { @"ISO 2022 IR 13\ISO 2022 IR 87", "D4CFC0DE5EC0DBB33D1B2442 3B33 45441B284A5E1B2442 4240 4F3A1B284A3D1B2442 2464 245E 24401B284A5E1B2442 243F 246D 24261B284A", "ﾔﾏﾀﾞ^ﾀﾛｳ=山田^太郎=やまだ^たろう" },
        { @"\ISO 2022 IR 149", "486F6E675E47696C646F6E673D1B242943FBF35E1B242943D1CED4D73D1B242943C8AB5E1B242943B1E6B5BF", "Hong^Gildong=洪^吉洞=홍^길동" },
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
        Assert.Throws<DicomDataException>(() => Samples.Bytes(new DicomDataset().Add(source.GetDicomItem<DicomElement>(DicomTag.PatientName)!)));
    }

    [Fact]
    public void Text_is_encoded_in_the_set_of_the_data_set_that_holds_it_also_inside_items()
    {
        var item = new DicomDataset().Add(DicomTag.Manufacturer, "Zürich");
        var dataset = new DicomDataset(new DicomSequence(DicomTag.ContributingEquipmentSequence, item)).Add(DicomTag.SpecificCharacterSet, "ISO_IR 192");

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

    private static DicomDataset Read(string charset, byte[] name)
    {
        var dataset = new DicomDataset().Add(DicomVR.UN, DicomTag.PatientName, name);
        if (charset.Length > 0) dataset.Add(DicomVR.CS, DicomTag.SpecificCharacterSet, charset.ToUpperInvariant());
        return Samples.Open(Samples.Bytes(dataset)).Dataset;
    }
}
