using Gateway.Testing;

namespace Gateway.DicomCodecs.Tests;

/// <summary>dcmtk's decoders, one program a family.</summary>
internal static class Dcmtk
{
    public static DicomDataset Decode(string file, string output)
    {
        var syntax = DicomFile.Open(file).Dataset.InternalTransferSyntax.UID.UID;
        var tool = syntax switch
        {
            "1.2.840.10008.1.2.5" => "dcmdrle",
            "1.2.840.10008.1.2.4.80" or "1.2.840.10008.1.2.4.81" => "dcmdjpls",
            _ => "dcmdjpeg",
        };
        Tool.Run(tool, file, output).Succeeded();
        return DicomFile.Open(output).Dataset;
    }
}
