using System.Text;

namespace Gateway.Receive;

/// <summary>Images of one kind in 16 series of as many studies, as files in 64 folders, so that 1, 4, 16 or 64 associations each carry
/// whole folders.</summary>
/// <param name="Name">As it stands in the report.</param>
internal sealed record Workload(string Name, string Root, IReadOnlyList<string> Files, long BytesEach)
{
    /// <summary>As many as the largest number of associations.</summary>
    public const int Folders = 64;

    /// <summary>An image is of the series that its place in <see cref="Files"/> modulo this says.</summary>
    public const int Series = 16;

    /// <summary>Where a UID holds the number of the pass: six digits, so that files keep their length.</summary>
    private const string Marker = ".7465737.";
    private const int FirstPass = 100_000;
    private const int HeaderBytes = 4_096;

    private int _pass = FirstPass;

    public static Workload Ct(string root) => Draw(root, "CT", DicomUID.CTImageStorage, images: 600, side: 512);

    public static Workload Mr(string root) => Draw(root, "MR", DicomUID.MRImageStorage, images: 2_000, side: 256);

    /// <summary>The folders one of several associations sends.</summary>
    public IReadOnlyList<string> FoldersOf(int association, int associations) =>
        [.. Enumerable.Range(0, Folders).Where(folder => folder % associations == association).Select(folder => Folder(Root, folder))];

    /// <summary>New UIDs in place: no receiver sees an image twice, and no file is deleted or made.</summary>
    public void Renew()
    {
        _pass++;
        Parallel.ForEach(Files, Renew);
    }

    private void Renew(string path)
    {
        var header = new byte[HeaderBytes];
        using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite);
        var length = RandomAccess.Read(file, header, 0);
        var (marker, pass) = (Encoding.ASCII.GetBytes(Marker), Encoding.ASCII.GetBytes($"{_pass}"));
        for (int at = 0, found; (found = header.AsSpan(at, length - at).IndexOf(marker)) >= 0;)
        {
            at += found + marker.Length;
            pass.CopyTo(header.AsSpan(at));
        }

        RandomAccess.Write(file, header.AsSpan(0, length), 0);
    }

    private static Workload Draw(string root, string name, DicomUID sopClass, int images, int side)
    {
        var (pixels, files) = (new byte[side * side * 2], new string[images]);
        new Random(side).NextBytes(pixels);
        for (var folder = 0; folder < Folders; folder++)
            Directory.CreateDirectory(Folder(root, folder));
        for (var image = 0; image < images; image++)
        {
            files[image] = Path.Combine(Folder(root, image % Folders), $"{image:D4}.dcm");
            pixels[0] = (byte)image;
            new DicomFile(SyntheticImage.Create(new()
            {
                Modality = name,
                SopClass = sopClass,
                Study = $"2.25{Marker}{FirstPass}.{side}.{image % Series}",
                Number = image / Series + 1,
                Side = side,
                Pixels = pixels,
            })).Save(files[image]);
        }

        return new(name, root, files, new FileInfo(files[0]).Length);
    }

    private static string Folder(string root, int folder) => Path.Combine(root, $"{folder:D2}");
}
