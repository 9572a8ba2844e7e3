// the artifactId is the gateway's id, which is stored with each purchase and stands in addresses
if (!(request.artifactId ==~ /[a-z][a-z0-9-]{1,59}/)) {
    throw new IllegalArgumentException("artifactId '" + request.artifactId + "' is no gateway's id:"
        + " 2 to 60 lower-case letters, digits and hyphens, a letter first. Delete the folder and generate again.")
}
