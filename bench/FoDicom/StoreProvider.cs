using System.Text;
using FellowOakDicom;
using FellowOakDicom.Network;
using Microsoft.Extensions.Logging;

namespace Gateway.FoDicom;

/// <summary>A storage SCP as fo-dicom's users write it: the default options, one folder a study, the file saved by the library.</summary>
internal sealed class StoreProvider(INetworkStream stream, Encoding encoding, ILogger logger, DicomServiceDependencies dependencies)
    : DicomService(stream, encoding, logger, dependencies), IDicomServiceProvider, IDicomCStoreProvider, IDicomCEchoProvider
{
    private static readonly DicomTransferSyntax[] Accepted = [
        DicomTransferSyntax.ExplicitVRLittleEndian, DicomTransferSyntax.ImplicitVRLittleEndian];

    public static string Folder { get; set; } = "";

    public Task OnReceiveAssociationRequestAsync(DicomAssociation association)
    {
        foreach (var context in association.PresentationContexts)
            if (context.AbstractSyntax == DicomUID.Verification || context.AbstractSyntax.StorageCategory != DicomStorageCategory.None)
                context.AcceptTransferSyntaxes(Accepted);
        return SendAssociationAcceptAsync(association);
    }

    public async Task<DicomCStoreResponse> OnCStoreRequestAsync(DicomCStoreRequest request)
    {
        var study = Path.Combine(Folder, request.Dataset.GetSingleValue<string>(DicomTag.StudyInstanceUID));
        Directory.CreateDirectory(study);
        await request.File.SaveAsync(Path.Combine(study, request.SOPInstanceUID.UID + ".dcm"));
        return new DicomCStoreResponse(request, DicomStatus.Success);
    }

    public Task<DicomCEchoResponse> OnCEchoRequestAsync(DicomCEchoRequest request) =>
        Task.FromResult(new DicomCEchoResponse(request, DicomStatus.Success));

    public Task OnReceiveAssociationReleaseRequestAsync() => SendAssociationReleaseResponseAsync();

    public Task OnCStoreRequestExceptionAsync(string tempFileName, Exception e) => Task.CompletedTask;

    public void OnReceiveAbort(DicomAbortSource source, DicomAbortReason reason) { }

    public void OnConnectionClosed(Exception exception) { }
}
