using Gateway.Imaging.Files;
using Gateway.Imaging.Grids;
using Gateway.Imaging.Modalities;
using Gateway.Workshop.TrainingSets;

namespace Gateway.TrainingWorker.Tests;

/// <summary><see cref="TinyHeads"/> as files.</summary>
internal static class PreparedFolders
{
    /// <summary>A training set as <c>import --clip 0 255 --deform</c> leaves it, with its pairs; the last head tests.</summary>
    public static string Real(string folder, int heads)
    {
        var pictures = new List<TrainingPicture>();
        for (var i = 0; i < heads; i++)
            foreach (var modality in (Modality[])[TinyHeads.T2, TinyHeads.Ct])
            {
                Write(folder, i, modality);
                pictures.Add(new()
                {
                    File = $"{modality.Code}/{i}.png",
                    Source = "",
                    Subject = $"{i}",
                    Modality = modality,
                    Licence = "",
                    Split = i < heads - 1 ? "train" : "test",
                    Slice = 0,
                    OffsetMm = 0,
                    Ncc = 1,
                    NccInside = 1,
                    Dice = 1,
                });
            }
        new TrainingManifest { HuLow = 0, HuHigh = 255, Deform = true, Pictures = pictures, LeftOut = [] }.Save(folder);
        return folder;
    }

    private static void Write(string folder, int head, Modality modality)
    {
        var values = new float[TinyHeads.Size * TinyHeads.Size];
        TinyHeads.Pair(head)[modality].CopyTo(values);
        var picture = new Image(TinyHeads.Size, TinyHeads.Size, values).Map(value => (value + 1) * 127.5f);
        foreach (var file in (string[])[$"{modality.Code}/{head}.png", $"paired/{head}.{modality.Code}.png"])
        {
            var path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            PngFile.WriteGrey(path, picture);
        }
    }
}
