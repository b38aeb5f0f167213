using Gateway.DicomNetwork;
using Gateway.Persistence;
using Gateway.Testing;
using Microsoft.EntityFrameworkCore;

namespace Gateway.DicomListener.Tests;

/// <summary>Archives and routers write anew what they hand on: the bytes are others, the image is the same.</summary>
public sealed class EncodedAnewTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("+te", "-e")]
    [InlineData("+te", "+e")]
    [InlineData("+ti", "-e")]
    [InlineData("+ti", "+e")]
    [InlineData("+tb", "-e")]
    [InlineData("+td", "-e")]
    public async Task An_image_that_comes_back_in_another_encoding_is_the_one_that_is_there(string syntax, string lengths)
    {
        await using var host = await ListenerHost.StartAsync();
        var image = Image(1);
        Tool.Run("dcmconv", syntax, lengths, "+g", image, _folder.Combine("anew.dcm")).Succeeded();

        await SendAsync(host, image);
        await SendAsync(host, _folder.Combine("anew.dcm"));

        await using var db = host.Open();
        Assert.False((await db.Instances.SingleAsync(Cancel)).Conflict);
    }

    [Theory]
    [InlineData("StudyDescription")]
    [InlineData("ContributingEquipmentSequence[0].Manufacturer")]
    [InlineData("PixelData")]
    public async Task One_with_another_value_anywhere_is_a_conflict(string where)
    {
        await using var host = await ListenerHost.StartAsync();
        var (image, other) = (Image(1), _folder.Combine("other.dcm"));
        File.Copy(image, other);
        if (where == "PixelData")
            await File.WriteAllBytesAsync(other, [.. (await File.ReadAllBytesAsync(image, Cancel))[..^1], 7], Cancel);
        else
            Tool.Run("dcmodify", "-nb", "-m", $"{where}=x", other).Succeeded();

        await SendAsync(host, image);
        await SendAsync(host, other);

        await using var db = host.Open();
        Assert.Equal([false, true], await db.Instances.OrderBy(i => i.Id).Select(i => i.Conflict).ToListAsync(Cancel));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task One_of_ours_that_comes_back_compressed_is_looked_at(bool isChanged)
    {
        await using var host = await ListenerHost.StartAsync();
        var (image, echo, packed) = (Image(1), _folder.Combine("echo.dcm"), _folder.Combine("packed.dcm"));
        await SendAsync(host, image);
        await using var db = host.Open();
        await db.Series.ExecuteUpdateAsync(s => s.SetProperty(x => x.Origin, SeriesOrigin.Derived), Cancel);
        var bytes = await File.ReadAllBytesAsync(image, Cancel);
        bytes[^1] = (byte)(isChanged ? 1 : bytes[^1]);
        await File.WriteAllBytesAsync(echo, bytes, Cancel);
        Tool.Run("dcmcrle", echo, packed).Succeeded();

        await SendAsync(host, packed);

        Assert.Equal(
            isChanged ? [false, true] : [false], await db.Instances.OrderBy(i => i.Id).Select(i => i.Conflict).ToListAsync(Cancel));
    }

    [Fact]
    public async Task What_orthanc_sends_back_is_no_conflict()
    {
        var orthanc = await OrthancServer.GetAsync();
        // A title of its own: Orthanc finds whom it reports commitments to by title, and other tests are GATEWAY meanwhile.
        await using var host = await ListenerHost.StartAsync(
            new(ListenerHost.Callers((orthanc.AeTitle, "127.0.0.0/8"), ("SCANNER", "127.0.0.0/8"))) { ["Dicom:AeTitle"] = "ECHOED" });
        var image = Image(2);
        await SendAsync(host, image, "ECHOED");
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(image, Cancel));
        (await orthanc.Http.PostAsync("/instances", content, Cancel)).EnsureSuccessStatusCode();
        await orthanc.AddModalityAsync("echo", "ECHOED", host.Port);
        var id = Assert.Single(await orthanc.FindAsync("Instance", "SOPInstanceUID", "2.25.7002"));

        (await orthanc.Http.PostAsync("/modalities/echo/store", new StringContent(id), Cancel)).EnsureSuccessStatusCode();

        await using var db = host.Open();
        Assert.False((await db.Instances.SingleAsync(Cancel)).Conflict);
        Assert.Equal(2, await db.AssociationStudies.CountAsync(Cancel));
    }

    private static async Task SendAsync(ListenerHost host, string file, string called = "GATEWAY") =>
        Assert.Equal(
            DimseStatus.Success,
            (await host.Client(called: called).StoreAsync([Part10Source.File(file)], Cancel).SingleAsync(Cancel)).Status);

    /// <summary>With sequences in sequences, as derived images have.</summary>
    private string Image(int number)
    {
        var path = _folder.Combine($"{number}.dcm");
        var purpose = new DicomDataset().Add(DicomTag.CodeValue, "109100").Add(DicomTag.CodingSchemeDesignator, "DCM")
            .Add(DicomTag.CodeMeaning, "Synthesizing Equipment");
        new DicomFile(new DicomDataset()
            .Add(DicomTag.SOPClassUID, DicomUID.MRImageStorage).Add(DicomTag.SOPInstanceUID, $"2.25.700{number}")
            .Add(DicomTag.StudyInstanceUID, $"2.25.710{number}").Add(DicomTag.SeriesInstanceUID, $"2.25.720{number}")
            .Add(DicomTag.PatientID, "P1").Add(DicomTag.PatientName, "A^B").Add(DicomTag.StudyDescription, "y")
            .Add(DicomTag.Modality, "MR").Add(DicomTag.InstanceNumber, "1")
            .Add(new DicomSequence(DicomTag.ContributingEquipmentSequence, new DicomDataset().Add(DicomTag.Manufacturer, "ACME")
                .Add(new DicomSequence(DicomTag.PurposeOfReferenceCodeSequence, purpose))))
            .Add(DicomTag.SamplesPerPixel, (ushort)1).Add(DicomTag.PhotometricInterpretation, "MONOCHROME2")
            .Add(DicomTag.Rows, (ushort)2).Add(DicomTag.Columns, (ushort)2)
            .Add(DicomTag.BitsAllocated, (ushort)16).Add(DicomTag.BitsStored, (ushort)12).Add(DicomTag.HighBit, (ushort)11)
            .Add(DicomTag.PixelRepresentation, (ushort)0)
            .Add<ushort>(DicomVR.OW, DicomTag.PixelData, 1, 2, 3, 4)).Save(path);
        return path;
    }
}
