using System.Buffers.Binary;
using System.Net;

using Gateway.Persistence;
using Gateway.Testing;

namespace Gateway.Portal.Tests;

public class RetrieveTests
{
    private const string AnyDicom = "multipart/related; type=\"application/dicom\"; transfer-syntax=*";
    private const string Ohif = "multipart/related; type=application/octet-stream; transfer-syntax=*";
    private const string ExplicitLittle = "1.2.840.10008.1.2.1";
    private const string Rle = "1.2.840.10008.1.2.5";
    private static readonly PatientIdentity Doe = new("4711", "", "DOE^JOHN", "19700101", "M");

    [Theory]
    [InlineData("", 4)]
    [InlineData("/series/{0}", 2)]
    [InlineData("/series/{0}/instances/{1}", 1)]
    public async Task A_study_a_series_and_an_instance_are_the_stored_bytes_in_parts(string below, int count)
    {
        await using var host = await PortalHost.StartAsync();
        var (study, source, derived) = await StoreAsync(host);
        var path = $"studies/{study.StudyInstanceUid}" + string.Format(
            null, below, source.SeriesInstanceUid, source.Instances[0].SopInstanceUid);

        var answer = await WebClient.GetAsync(host, path, AnyDicom);
        var parts = await WebClient.PartsAsync(answer);

        var expected = source.Instances.Concat(derived.Instances).Take(count).Select(i => i.Sha256);
        Assert.Equal(expected, parts.Select(part => Sha256(part.Bytes)));
        Assert.All(parts, part => Assert.Equal($"application/dicom;transfer-syntax={ExplicitLittle}", part.ContentType));
        Assert.Equal(
            HttpStatusCode.NotModified, (await WebClient.GetAsync(host, path, AnyDicom, answer.Headers.ETag!.Tag)).StatusCode);
    }

    [Fact]
    public async Task An_instance_alone_is_its_file_of_which_a_part_can_be_asked_for()
    {
        await using var host = await PortalHost.StartAsync();
        var (study, source, _) = await StoreAsync(host);
        var path = InstancePath(study, source, source.Instances[0]);

        using var request = new HttpRequestMessage(HttpMethod.Get, "dicomweb/" + path);
        request.Headers.TryAddWithoutValidation("Accept", "application/dicom; transfer-syntax=*");
        request.Headers.Range = new(128, 131);
        var part = await host.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var whole = await WebClient.GetAsync(host, path, "application/dicom");

        Assert.Equal("DICM"u8.ToArray(), await part.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        Assert.Equal(source.Instances[0].Sha256, Sha256(await whole.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)));
        Assert.Equal($"\"{source.Instances[0].Sha256}\"", whole.Headers.ETag!.Tag);
    }

    [Theory]
    [InlineData("1.2.840.10008.1.2")]
    [InlineData("1.2.840.10008.1.2.2")]
    [InlineData(Rle)]
    public async Task What_is_stored_otherwise_is_sent_not_compressed_to_who_asks_for_that_or_says_nothing(string syntax)
    {
        await using var host = await PortalHost.StartAsync();
        var (path, instance) = await StoreAsync(host, syntax);

        foreach (var accept in (string[])["multipart/related; type=\"application/dicom\"", "application/dicom", "*/*"])
        {
            var answer = await WebClient.GetAsync(host, path, accept);
            var bytes = accept == "application/dicom" ? await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)
                : Assert.Single(await WebClient.PartsAsync(answer)).Bytes;
            using var stream = new MemoryStream(bytes);
            var file = DicomFile.Open(stream);
            Assert.Equal(ExplicitLittle, file.FileMetaInfo.TransferSyntax!.UID.UID);
            Assert.Equal(instance.SopInstanceUid, file.Dataset.GetSingleValue<string>(DicomTag.SOPInstanceUID));
            Assert.Equal(Pixels(1), DicomPixelData.Create(file.Dataset).GetFrame(0).Data);
        }
    }

    [Fact]
    public async Task What_is_compressed_is_sent_so_to_who_takes_it_and_no_other_compression_is_made()
    {
        await using var host = await PortalHost.StartAsync();
        var (path, instance) = await StoreAsync(host, Rle);

        var stored = Assert.Single(await WebClient.PartsAsync(await WebClient.GetAsync(host, path, AnyDicom)));
        var named = Assert.Single(await WebClient.PartsAsync(await WebClient.GetAsync(
            host, path, $"multipart/related;type=application/dicom;transfer-syntax={Rle}")));
        var other = await WebClient.GetAsync(host, path, "application/dicom;transfer-syntax=1.2.840.10008.1.2.4.90");

        Assert.Equal((instance.Sha256, instance.Sha256), (Sha256(stored.Bytes), Sha256(named.Bytes)));
        Assert.Equal($"application/dicom;transfer-syntax={Rle}", stored.ContentType);
        Assert.Equal(HttpStatusCode.NotAcceptable, other.StatusCode);
    }

    [Fact]
    public async Task Frames_are_sent_in_the_order_asked_for_stored_or_decoded()
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host, Rle, frames: 3);

        var stored = await WebClient.PartsAsync(await WebClient.GetAsync(host, path + "/frames/3,1", Ohif));
        var rle = await WebClient.PartsAsync(
            await WebClient.GetAsync(host, path + "/frames/3,1", "multipart/related; type=image/dicom-rle"));
        var decoded = await WebClient.PartsAsync(
            await WebClient.GetAsync(host, path + "/frames/3,1", "multipart/related; type=application/octet-stream"));
        var alone = await WebClient.GetAsync(host, path + "/frames/2", "application/octet-stream");

        Assert.Equal([$"application/octet-stream;transfer-syntax={Rle}"], stored.Select(p => p.ContentType).Distinct());
        Assert.Equal([$"image/dicom-rle;transfer-syntax={Rle}"], rle.Select(p => p.ContentType).Distinct());
        Assert.Equal(rle.Select(p => p.Bytes), stored.Select(p => p.Bytes));
        Assert.Equal([$"application/octet-stream;transfer-syntax={ExplicitLittle}"], decoded.Select(p => p.ContentType).Distinct());
        Assert.Equal([Pixels(3), Pixels(1)], decoded.Select(p => p.Bytes));
        Assert.Equal(Pixels(2), await alone.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("/frames/0", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/frames/1,x", "*/*", HttpStatusCode.BadRequest)]
    [InlineData("/frames/4", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/frames/1", "multipart/related; type=image/jp2", HttpStatusCode.NotAcceptable)]
    [InlineData("/frames/1,2", "application/octet-stream", HttpStatusCode.NotAcceptable)]
    [InlineData("/bulkdata/00420011", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/bulkdata/x/y/z", "*/*", HttpStatusCode.NotFound)]
    [InlineData("/metadata", "multipart/related; type=\"application/dicom+xml\"", HttpStatusCode.NotAcceptable)]
    [InlineData("", "image/jpeg", HttpStatusCode.NotAcceptable)]
    [InlineData("9", "*/*", HttpStatusCode.NotFound)]
    public async Task What_is_not_there_or_cannot_be_sent_is_said(string below, string accept, HttpStatusCode status)
    {
        await using var host = await PortalHost.StartAsync();
        var (path, _) = await StoreAsync(host, Rle, frames: 3);

        Assert.Equal(status, (await WebClient.GetAsync(host, path + below, accept)).StatusCode);
    }

    [Fact]
    public async Task Metadata_is_the_whole_header_and_says_where_pixels_and_large_values_are()
    {
        await using var host = await PortalHost.StartAsync();
        var study = WebSample.Study(Doe);
        var series = Sample.Series(study, SeriesState.Received);
        var dataset = WebSample.Dataset(study, series, 1);
        byte[] large = [.. Enumerable.Range(0, 5_000).Select(n => (byte)n)];
        IByteBuffer buffer = new MemoryByteBuffer(large);
        var item = new DicomDataset { { DicomTag.DocumentTitle, "Ärztebrief" } };
        item.Add(DicomVR.OB, DicomTag.EncapsulatedDocument, buffer);
        dataset.Add(new DicomSequence(DicomTag.SourceImageSequence, new DicomDataset(), item));
        await WebSample.AddAsync(host.Objects, series, dataset);
        await host.AddAsync(study);
        var path = $"studies/{study.StudyInstanceUid}/series/{series.SeriesInstanceUid}";

        var metadata = (await WebClient.JsonAsync(host, path + "/metadata")).Single()!;
        var address = (string)metadata["00082112"]!["Value"]![1]!["00420011"]!["BulkDataURI"]!;
        var pixels = (string)metadata["7FE00010"]!["BulkDataURI"]!;
        var root = new Uri(new Uri(host.Url), "dicomweb/").ToString();

        Assert.StartsWith($"{root}{path}/instances/", address, StringComparison.Ordinal);
        var value = await WebClient.GetAsync(host, address[root.Length..], "application/octet-stream");
        Assert.Equal(large, await value.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        var frame = await WebClient.PartsAsync(await WebClient.GetAsync(host, pixels[root.Length..], Ohif));
        Assert.Equal(Pixels(1), Assert.Single(frame).Bytes);
        Assert.Equal("[0,0,5.5]", metadata["00200032"]!["Value"]!.ToJsonString());
        Assert.Equal("ISO_IR 192", (string)metadata["00080005"]!["Value"]![0]!);
        Assert.Equal("MÜLLER^EVA", (string)metadata["00080090"]!["Value"]![0]!["Alphabetic"]!);
        Assert.Equal("{}", metadata["00082112"]!["Value"]![0]!.ToJsonString());
        Assert.Null(metadata["00020010"]);
    }

    [Fact]
    public async Task An_object_that_the_store_lost_is_a_problem_and_not_half_an_answer()
    {
        await using var host = await PortalHost.StartAsync();
        var (study, source, _) = await StoreAsync(host);
        File.Delete(ObjectFile.Of(host.Database.Data, source.Instances[0].Sha256));
        var (path, frame) = ($"studies/{study.StudyInstanceUid}", InstancePath(study, source, source.Instances[0]) + "/frames/1");

        foreach (var lost in (string[])[path, path + "/metadata", frame])
            Assert.Equal(HttpStatusCode.InternalServerError, (await WebClient.GetAsync(host, lost)).StatusCode);
    }

    private static async Task<(Study Study, Series Source, Series Derived)> StoreAsync(PortalHost host)
    {
        var study = WebSample.Study(Doe);
        var (source, derived) = await WebSample.AddPairAsync(host, study);
        await host.AddAsync(study);
        return (study, source, derived);
    }

    /// <summary>One image in that transfer syntax, of frames whose pixels are <see cref="Pixels"/>.</summary>
    private static async Task<(string Path, Instance Instance)> StoreAsync(PortalHost host, string syntax, int frames = 1)
    {
        var study = WebSample.Study(Doe);
        var series = Sample.Series(study, SeriesState.Received);
        var dataset = WebSample.Dataset(study, series, 1, DicomTransferSyntax.Parse(syntax));
        if (syntax == Rle)
        {
            var pixels = DicomPixelData.Create(dataset, newPixelData: true);
            for (var frame = 1; frame <= frames; frame++)
                pixels.AddFrame(new MemoryByteBuffer(Rle16(Pixels(frame))));
            dataset.AddOrUpdate(DicomTag.NumberOfFrames, frames);
        }
        var instance = await WebSample.AddAsync(host.Objects, series, dataset);
        await host.AddAsync(study);
        return (InstancePath(study, series, instance), instance);
    }

    /// <summary>Two segments of literal runs, the more significant bytes first (PS3.5 annex G).</summary>
    private static byte[] Rle16(byte[] pixels)
    {
        byte[] Segment(int offset) =>
            [(byte)((pixels.Length / 2) - 1), .. Enumerable.Range(0, pixels.Length / 2).Select(n => pixels[(2 * n) + offset]), 128];
        var high = Segment(1);
        var header = new byte[64];
        foreach (var (index, value) in new[] { 2, 64, 64 + high.Length }.Index())
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(4 * index), value);
        return [.. header, .. high, .. Segment(0)];
    }

    private static byte[] Pixels(int number) =>
        [.. Enumerable.Range(0, WebSample.Rows * WebSample.Columns).SelectMany(n => BitConverter.GetBytes((ushort)((10 * n) + number)))];

    private static string InstancePath(Study study, Series series, Instance instance) =>
        $"studies/{study.StudyInstanceUid}/series/{series.SeriesInstanceUid}/instances/{instance.SopInstanceUid}";

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));
}
