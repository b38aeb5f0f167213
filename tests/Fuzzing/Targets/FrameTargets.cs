namespace Gateway.Fuzzing.Targets;

/// <summary>Every decoder there is, its images grey and in colour.</summary>
public static class FrameTargets
{
    public static IReadOnlyList<FuzzTarget> All =>
    [
        new FrameTarget("rle", DicomTransferSyntax.RLELossless, 16, 1, FrameSeeds.Rle16),
        new FrameTarget("rle-colour", DicomTransferSyntax.RLELossless, 8, 3, FrameSeeds.RleColour),
        new FrameTarget("jpeg", DicomTransferSyntax.JPEGProcess1, 8, 1, FrameSeeds.Baseline, FrameSeeds.Progressive),
        new FrameTarget("jpeg-colour", DicomTransferSyntax.JPEGProcess1, 8, 3, FrameSeeds.BaselineColour),
        new FrameTarget("jpeg-extended", DicomTransferSyntax.JPEGProcess2_4, 12, 1, FrameSeeds.Extended),
        new FrameTarget("jpeg-lossless", DicomTransferSyntax.JPEGProcess14, 16, 1, FrameSeeds.Lossless),
        new FrameTarget("jpeg-lossless-colour", DicomTransferSyntax.JPEGProcess14, 8, 3, FrameSeeds.LosslessColour),
        new FrameTarget("jpeg-ls", DicomTransferSyntax.JPEGLSLossless, 12, 1, FrameSeeds.Ls),
        new FrameTarget("jpeg-ls-colour", DicomTransferSyntax.JPEGLSLossless, 8, 3, FrameSeeds.LsColour),
        new FrameTarget("jpeg-2000", DicomTransferSyntax.JPEG2000Lossless, 12, 1, FrameSeeds.J2k),
        new FrameTarget("jpeg-2000-colour", DicomTransferSyntax.JPEG2000Lossless, 8, 3, FrameSeeds.J2kColour),
        new FrameTarget("htj2k", DicomTransferSyntax.HTJ2K, 8, 1, FrameSeeds.Htj2k),
    ];
}
